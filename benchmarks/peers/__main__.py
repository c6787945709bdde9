"""Run the comparison with other packages."""

from benchmarks.peers.comparison import main

if __name__ == "__main__":
    main()
