namespace Zoetrope.Specs.Rules;

/// <summary>Some of the words that forms need, by their numbers.</summary>
internal struct RuleWordSet
{
    private const int Bits = 64;

    private ulong _first;
    private ulong _second;
    private ulong _third;
    private ulong _fourth;
    private ulong _fifth;

    /// <summary>Adds a word.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more words than it can hold.</exception>
    public void Add(int number)
    {
        var bit = 1UL << (number % Bits);
        switch (number / Bits)
        {
            case 0:
                _first |= bit;
                break;
            case 1:
                _second |= bit;
                break;
            case 2:
                _third |= bit;
                break;
            case 3:
                _fourth |= bit;
                break;
            case 4:
                _fifth |= bit;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(number));
        }
    }

    /// <summary>Whether it has a word of another set.</summary>
    public readonly bool HasAnyOf(in RuleWordSet other) =>
        ((_first & other._first) | (_second & other._second) | (_third & other._third) | (_fourth & other._fourth) | (_fifth & other._fifth)) != 0;
}
