"""Run the comparison with the baselines."""

from benchmarks.baselines.comparison import main

if __name__ == "__main__":
    main()
