namespace Zoetrope.Specs.Rules;

/// <summary>
/// Which needs of which rows the words of a text meet. A row is possible where all of its needs are met; of a row with many, those that the fewest sentences
/// meet are looked at.
/// </summary>
internal struct RuleHints
{
    /// <summary>How many needs of a row are looked at.</summary>
    public const int Needs = 4;

    private RuleRows _first;
    private RuleRows _second;
    private RuleRows _third;
    private RuleRows _fourth;

    /// <summary>The rows of which all needs are met.</summary>
    public readonly RuleRows Rows => _first & _second & _third & _fourth;

    /// <summary>Adds what another word meets.</summary>
    public void Add(in RuleHints other)
    {
        _first |= other._first;
        _second |= other._second;
        _third |= other._third;
        _fourth |= other._fourth;
    }

    /// <summary>Adds that a need of a row is met.</summary>
    /// <param name="need">The number of the need, below <see cref="Needs"/>.</param>
    /// <param name="row">The row.</param>
    public void Add(int need, int row)
    {
        switch (need)
        {
            case 0:
                _first.Add(row);
                break;
            case 1:
                _second.Add(row);
                break;
            case 2:
                _third.Add(row);
                break;
            default:
                _fourth.Add(row);
                break;
        }
    }
}
