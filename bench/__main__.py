"""Every benchmark, one after another: `make bench`."""

from bench import ingesting, reading

reading.main()
ingesting.main()
