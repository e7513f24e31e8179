"""Every benchmark, one after another: `make bench`. Reading comes last, since it ends with whether its aims were met."""

from bench import ingesting, reading

ingesting.main()
reading.main()
