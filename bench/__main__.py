"""Every benchmark, search at its smaller size. Reading is last: it ends with whether its aims were met."""

from bench import ingesting, reading, searching, words

ingesting.main()
words.main()
searching.main(searching.SIZES[:1])
reading.main()
