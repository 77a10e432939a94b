namespace Zoetrope.Specs.Rules;

/// <summary>A sentence that patterns are matched with, one after the other.</summary>
/// <param name="tokens">The sentence.</param>
/// <param name="isName">Whether a token is the name of a member.</param>
internal sealed class RuleMatching(List<RuleToken> tokens, Func<RuleToken, bool> isName)
{
    private readonly bool?[] _areNames = new bool?[tokens.Count];

    /// <summary>The sentence.</summary>
    public List<RuleToken> Tokens => tokens;

    /// <summary>The captures of the pattern, by the numbers of their names; those of which the end is 0 are not there.</summary>
    public (int Start, int End)[] Captures { get; private set; } = [];

    /// <summary>Where the match ends.</summary>
    public int End { get; set; }

    /// <summary>Whether a token is the name of a member.</summary>
    public bool IsName(int at) => _areNames[at] ??= isName(tokens[at]);

    /// <summary>Begins with another pattern or position.</summary>
    /// <param name="captures">How many names the captures have.</param>
    public void Begin(int captures)
    {
        if (Captures.Length < captures)
            Captures = new (int, int)[captures];
        Array.Clear(Captures, 0, Captures.Length);
    }
}

/// <summary>What a pattern captured of a sentence.</summary>
internal sealed class RuleCaptures
{
    private readonly string[] _names;
    private readonly (int Start, int End)[] _captured;

    /// <param name="matching">The match.</param>
    /// <param name="names">The names of the captures.</param>
    /// <param name="start">Where the match begins.</param>
    public RuleCaptures(RuleMatching matching, string[] names, int start)
    {
        (Tokens, Start, End, _names) = (matching.Tokens, start, matching.End, names);
        _captured = new (int, int)[names.Length];
        Array.Copy(matching.Captures, _captured, names.Length);
    }

    /// <summary>Where the match begins.</summary>
    public int Start { get; }

    /// <summary>Where it ends.</summary>
    public int End { get; }

    /// <summary>The sentence.</summary>
    public List<RuleToken> Tokens { get; }

    /// <summary>The tokens of a capture; none where it is not there.</summary>
    public List<RuleToken> this[string name] => Of(name) is var (start, end) && end > 0 ? Tokens.GetRange(start, end - start) : [];

    /// <summary>Whether there is such a capture.</summary>
    public bool Has(string name) => Of(name).End > 0;

    private (int Start, int End) Of(string name) => Array.IndexOf(_names, name) is var slot and >= 0 ? _captured[slot] : default;
}
