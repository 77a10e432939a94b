namespace Zoetrope.Specs.Rules;

/// <summary>Some rows of the table of forms, by their numbers.</summary>
internal struct RuleRows
{
    private const int Bits = 64;

    private ulong _first;
    private ulong _second;

    /// <summary>Whether there is none.</summary>
    public readonly bool IsEmpty => (_first | _second) == 0;

    /// <summary>Those that both have.</summary>
    public static RuleRows operator &(in RuleRows one, in RuleRows other) =>
        new() { _first = one._first & other._first, _second = one._second & other._second };

    /// <summary>Those that either has.</summary>
    public static RuleRows operator |(in RuleRows one, in RuleRows other) =>
        new() { _first = one._first | other._first, _second = one._second | other._second };

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more rows than it can hold.</exception>
    public void Add(int row)
    {
        if (row >= 2 * Bits)
            throw new ArgumentOutOfRangeException(nameof(row));
        if (row < Bits)
            _first |= 1UL << row;
        else
            _second |= 1UL << (row - Bits);
    }

    /// <summary>Whether it has a row.</summary>
    public readonly bool Has(int row) => ((row < Bits ? _first >> row : _second >> (row - Bits)) & 1) != 0;
}
