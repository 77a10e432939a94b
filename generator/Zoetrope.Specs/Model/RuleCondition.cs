namespace Zoetrope.Specs.Model;

/// <summary>A condition on one parameter in a rule that a document states in words.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Values">The values of which it must be one, in plain text; none where the condition is another.</param>
public sealed record RuleCondition(string Parameter, EquatableArray<string> Values = default)
{
    /// <summary>The limits of the number, or of the number of items where <see cref="OfCount"/>.</summary>
    public ValueRange Range { get; init; } = ValueRange.None;

    /// <summary>Whether <see cref="Range"/> limits the number of items.</summary>
    public bool OfCount { get; init; }

    /// <summary>Whether the condition is the opposite: not given, none of the values.</summary>
    public bool IsNot { get; init; }

    /// <summary>What the service takes where the parameter is not given, in plain text; null where the document does not say.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the condition is that the parameter is given.</summary>
    public bool IsPresence => Values.Count == 0 && Range == ValueRange.None;

    /// <summary>The condition in a form of its own.</summary>
    public string Formula
    {
        get
        {
            if (IsPresence)
                return Parameter + (IsNot ? " not given" : " given");
            if (Values.Count > 0)
                return $"{Parameter} {(IsNot ? "not in" : "in")} {string.Join("|", Values.OrderBy(value => value, StringComparer.Ordinal))}";
            return OfCount ? $"count({Parameter}) {Range}" : $"{Parameter} {Range}";
        }
    }
}
