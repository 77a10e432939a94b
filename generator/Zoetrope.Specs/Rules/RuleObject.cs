using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>An object whose descriptions are searched for rules: finds the members that sentences name or mean.</summary>
internal sealed class RuleObject
{
    // Words before a noun that distinguish nothing where no member has them.
    private static readonly string[] _adjectives = ["reference", "source", "additional", "optional", "extra", "other", "single"];

    private readonly Dictionary<string, RuleMember> _byName = new(StringComparer.Ordinal);

    public RuleObject(Schema schema, Func<string, Schema?> find)
    {
        Schema = schema;
        foreach (var property in schema.Properties)
        {
            if (!_byName.ContainsKey(property.Name))
                _byName.Add(property.Name, new(property, find));
        }
    }

    public Schema Schema { get; }

    public IReadOnlyCollection<RuleMember> Members => _byName.Values;

    /// <summary>The member of that name, or null.</summary>
    public RuleMember? Find(string name) => _byName.TryGetValue(name, out var member) ? member : null;

    /// <summary>Whether a token of a sentence is the name of a member, or is written as one.</summary>
    public bool IsName(RuleToken token)
    {
        if (token.Kind != RuleTokenKind.Word)
            return false;
        return Find(token.Text) is not null || token.Is("this") || token.Is("it")
            || (token.Text.IndexOf('_') > 0 && token.Text.All(c => c == '_' || char.IsLetterOrDigit(c)))
            || (token.IsQuoted && token.Number is null && token.Text.All(c => c == '_' || char.IsLower(c) || char.IsDigit(c)));
    }

    /// <summary>The only member that a phrase means, or null: "reference images", "the start image".</summary>
    /// <param name="phrase">The phrase.</param>
    /// <param name="isPossible">Which members it can be.</param>
    public RuleMember? FindPhrase(string phrase, Func<RuleMember, bool> isPossible)
    {
        if (Find(phrase.Replace(' ', '_')) is { } exact && isPossible(exact))
            return exact;
        var words = RuleWords.Of(phrase);
        if (words.Count == 0)
            return null;
        return Single(member => isPossible(member) && RuleWords.AreSame(member.Words, words))
            ?? Single(member => isPossible(member) && RuleWords.AreSame(Bare(member.Words), Bare(words)))
            ?? Single(member => isPossible(member) && Bare(words) is { Count: > 0 } bare && bare.TrueForAll(member.Words.Contains));
    }

    /// <summary>The only member of which a text is one of the listed values, or null.</summary>
    public RuleMember? FindByValue(string value) =>
        Single(member => member.IsEnum && member.Values.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static List<string> Bare(List<string> words) => words.FindAll(word => Array.IndexOf(_adjectives, word) < 0);

    private RuleMember? Single(Func<RuleMember, bool> isIt)
    {
        RuleMember? found = null;
        foreach (var member in Members.Where(isIt))
        {
            if (found is not null)
                return null;
            found = member;
        }
        return found;
    }
}
