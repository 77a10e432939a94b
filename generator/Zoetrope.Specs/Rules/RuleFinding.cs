using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>A match of a form in a sentence: makes the rule, or says why there is none.</summary>
internal sealed class RuleFinding(RuleObject owner, RuleMember self, RuleCaptures captures, string sentence, RuleMember? list = null)
{
    /// <summary>The object.</summary>
    public RuleObject Object => owner;

    /// <summary>The member that has the sentence.</summary>
    public RuleMember Self => self;

    /// <summary>The list of whose items <see cref="Self"/> is a member, where the sentence is searched for rules of the list.</summary>
    public RuleMember? List => list;

    /// <summary>What was captured.</summary>
    public RuleCaptures Captures => captures;

    /// <summary>The sentence.</summary>
    public string Sentence => sentence;

    /// <summary>Why there is no rule although the sentence looks like one.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether a name may be an ordinary word of the sentence.</summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>Further rules that the same words state.</summary>
    public List<ParameterRule> More { get; } = [];

    /// <summary>Whether the words turned out to be soft.</summary>
    public bool IsSoft { get; set; }

    /// <summary>The number of a capture.</summary>
    public decimal? Number(string name = "n") => captures[name].FirstOrDefault()?.Number;

    /// <summary>The words of a capture.</summary>
    public string Text(string name) => string.Join(" ", captures[name].Select(token => token.Text));

    /// <summary>Says why there is no rule.</summary>
    public ParameterRule? No(string reason)
    {
        Reason ??= reason;
        return null;
    }

    /// <summary>The member that a capture names; null with a reason where there is none.</summary>
    public RuleMember? Member(string name = "name") => Members(name).FirstOrDefault();

    /// <summary>The members that a capture names, without those that do not exist.</summary>
    public List<RuleMember> Members(string name = "names")
    {
        var found = new List<RuleMember>();
        foreach (var token in captures[name].Where(owner.IsName))
        {
            var member = token.Is("this") || token.Is("it") ? self : owner.Find(token.Text);
            if (member is null)
                No($"'{token.Text}' is not a member here");
            else if (IsWord(token, name, member))
            {
                IsDoubtful = true;
                No($"'{token.Text}' may be a word and not the name of a member");
            }
            else if (!found.Contains(member))
                found.Add(member);
        }
        return found;
    }

    // An ordinary word is the name of a member only where it is written as one, is beside "parameter", is one of several of which another is
    // written as a name or is the member that has the sentence, or is compared with one of its values.
    private bool IsWord(RuleToken token, string name, RuleMember member)
    {
        if (member == self || name == "on" || !IsOrdinary(token) || IsWithValue(name, member))
            return false;
        var tokens = captures[name];
        return !tokens.Exists(other => other.Lower is "parameter" or "field" or "argument" || (other != token && IsSurelyName(other)));
    }

    private bool IsWithValue(string name, RuleMember member)
    {
        var value = name switch { "a" => "x", "b" => captures.Has("y") ? "y" : "list", _ => null };
        return value is not null && captures[value] is { Count: > 0 } said && Spell(member, said[0].Text) is not null;
    }

    private bool IsSurelyName(RuleToken token) =>
        owner.IsName(token) && (!IsOrdinary(token) ? owner.Find(token.Text) is not null || token.Text.IndexOf('_') > 0 : owner.Find(token.Text) == self);

    private static bool IsOrdinary(RuleToken token) => !token.IsQuoted && token.Text.All(char.IsLower);

    /// <summary>The member that a phrase of the sentence means; null with a reason where there is none.</summary>
    public RuleMember? Phrase(string name, Func<RuleMember, bool>? isPossible = null) => Phrase(captures[name], isPossible);

    /// <summary>The member that tokens mean; null with a reason where there is none.</summary>
    public RuleMember? Phrase(IEnumerable<RuleToken> tokens, Func<RuleMember, bool>? isPossible = null)
    {
        var phrase = string.Join(" ", tokens.Select(token => token.Text));
        if (phrase is "this" or "it")
            return self;
        var found = owner.FindPhrase(phrase, isPossible ?? (static _ => true));
        if (found is null)
            No($"'{phrase}' does not name one member here");
        return found;
    }

    /// <summary>The members that the parts of a phrase mean, which "or", "and", "+" and commas separate.</summary>
    public List<RuleMember?> Phrases(IEnumerable<RuleToken> tokens, Func<RuleMember, bool>? isPossible = null)
    {
        var parts = new List<List<RuleToken>> { new() };
        foreach (var token in tokens)
        {
            if (token.Is("or") || token.Is("and") || token.Is("+") || token.Is(",") || token.Is("/"))
                parts.Add([]);
            else
                parts[parts.Count - 1].Add(token);
        }
        return parts.FindAll(part => part.Count > 0).ConvertAll(part => Phrase(part, isPossible));
    }

    /// <summary>A rule about members.</summary>
    public ParameterRule Rule(ParameterRuleKind kind, params IEnumerable<RuleMember> members) =>
        new(kind, members.Select(member => member.Name).ToEquatableArray(), sentence, self.Property.Schema.Pointer);

    /// <summary>A rule about members, of which two or more must exist.</summary>
    public ParameterRule? Several(ParameterRuleKind kind, List<RuleMember> members)
    {
        if (Reason is not null)
            return null;
        return members.Count > 1 ? Rule(kind, members) : No("it names one member only");
    }

    /// <summary>The condition that a member has one of the values; null with a reason where it cannot have one of them.</summary>
    public RuleCondition? Is(RuleMember? member, IEnumerable<string> values, bool isNot = false)
    {
        if (member is null)
            return null;
        var known = new List<string>();
        foreach (var value in values)
        {
            var spelled = Spell(member, value);
            if (spelled is null)
            {
                No($"'{value}' is not a value of '{member.Name}'");
                return null;
            }
            known.Add(spelled);
        }
        return new(member.Name, known.ToEquatableArray()) { IsNot = isNot, Default = member.Default?.Text };
    }

    /// <summary>The same where some of the values may be unknown: the member takes any text.</summary>
    public RuleCondition? IsPerhaps(RuleMember member, IEnumerable<string> values, bool isNot)
    {
        var all = values.ToList();
        return all.Exists(value => Spell(member, value) is not null)
            ? new(member.Name, all.ConvertAll(value => Spell(member, value) ?? value).ToEquatableArray()) { IsNot = isNot, Default = member.Default?.Text }
            : Is(member, all, isNot);
    }

    /// <summary>The condition that a member is given.</summary>
    public static RuleCondition Given(RuleMember member, bool isNot = false) => new(member.Name) { IsNot = isNot, Default = member.Default?.Text };

    private static string? Spell(RuleMember member, string value)
    {
        if (member.IsBoolean)
            return value.ToLowerInvariant() switch { "true" or "enabled" or "on" => "true", "false" or "disabled" or "off" => "false", _ => null };
        if (member.IsEnum)
        {
            return member.Values.FirstOrDefault(one => string.Equals(one, value, StringComparison.OrdinalIgnoreCase))
                ?? member.Values.FirstOrDefault(one => string.Equals(one, value + "s", StringComparison.OrdinalIgnoreCase));
        }
        return member.IsNumber && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? ValueRange.Text(number) : null;
    }
}
