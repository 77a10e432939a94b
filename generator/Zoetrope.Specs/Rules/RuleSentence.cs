namespace Zoetrope.Specs.Rules;

/// <summary>A sentence of a description.</summary>
/// <param name="text">The sentence, with single spaces.</param>
/// <param name="heading">The line that announces it: "Requirements:" before a list; empty where there is none.</param>
internal sealed class RuleSentence(string text, string heading)
{
    private List<RuleToken>? _tokens;

    /// <summary>The sentence, with single spaces.</summary>
    public string Text => text;

    /// <summary>The line that announces it; empty where there is none.</summary>
    public string Heading => heading;

    /// <summary>The other parts of a sentence that semicolons separate.</summary>
    public string Others { get; set; } = "";

    /// <summary>Its tokens, which nothing changes.</summary>
    public List<RuleToken> Tokens => _tokens ??= RuleTokens.Of(text);
}
