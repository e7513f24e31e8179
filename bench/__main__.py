"""Every benchmark, one after another: `make bench`. Reading is last: it ends with whether its aims were met."""

from bench import ingesting, reading, words

ingesting.main()
words.main()
reading.main()
