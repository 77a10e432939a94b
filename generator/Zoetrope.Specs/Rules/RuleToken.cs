namespace Zoetrope.Specs.Rules;

/// <summary>The kinds of token in a sentence.</summary>
internal enum RuleTokenKind
{
    /// <summary>A word or a name; numbers as words are words with a number.</summary>
    Word,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Two sides: 512x512.</summary>
    Size,

    /// <summary>A ratio: 16:9.</summary>
    Ratio,

    /// <summary>A sign.</summary>
    Symbol,
}

/// <summary>A token of a sentence.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The token as it is written.</param>
/// <param name="IsQuoted">Whether it is in quotes of any kind, so that it is a name or a value and not a word of the sentence.</param>
/// <param name="Number">Its number, or the first of two.</param>
/// <param name="Second">The second of two numbers.</param>
internal sealed record RuleToken(RuleTokenKind Kind, string Text, bool IsQuoted = false, decimal? Number = null, decimal? Second = null)
{
    /// <summary>The token in lower case, to compare with words.</summary>
    public string Lower { get; } = Text.ToLowerInvariant();

    /// <summary>Whether it is this word or sign of the sentence.</summary>
    public bool Is(string word) => !IsQuoted && Kind is RuleTokenKind.Word or RuleTokenKind.Symbol && Lower == word;
}
