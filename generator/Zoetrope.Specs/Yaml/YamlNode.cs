using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Yaml;

/// <summary>
/// A value of a YAML document. An alias is the value of its anchor, so that one value may be at many locations; how large it is with all of them written out
/// is known before anything walks through it.
/// </summary>
public abstract class YamlNode
{
    /// <summary>The most values that a document may have with its aliases written out; few short lines of aliases to aliases make any number.</summary>
    public const int MaxValues = 1_000_000;

    /// <summary>The most characters that aliases may add to a document.</summary>
    public const int MaxCharacters = 20_000_000;

    // A sum of these does not overflow.
    private const long Largest = int.MaxValue;

    private protected YamlNode(TextRange range, int characters)
    {
        Range = range;
        Characters = characters;
    }

    /// <summary>Its location.</summary>
    public TextRange Range { get; }

    /// <summary>The number of values that it is and contains; 2^31 - 1 stands for that and more.</summary>
    public long Values { get; private set; } = 1;

    /// <summary>The number of characters of its JSON, about; 2^31 - 1 stands for that and more.</summary>
    public long Characters { get; private set; }

    /// <summary>How many levels of values it contains.</summary>
    public int Depth { get; private set; }

    private protected void Contain(YamlNode part, int characters)
    {
        Values = Math.Min(Values + part.Values, Largest);
        Characters = Math.Min(Characters + part.Characters + characters, Largest);
        Depth = Math.Max(Depth, part.Depth + 1);
    }
}

/// <summary>A value without parts.</summary>
/// <param name="json">Its JSON.</param>
/// <param name="plain">Its spelling where it has neither quotes nor a tag, so that it may be a text or something else; else null.</param>
/// <param name="range">Its location.</param>
public sealed class YamlScalar(string json, string? plain, TextRange range) : YamlNode(range, json.Length)
{
    /// <summary>Its JSON.</summary>
    public string Json { get; } = json;

    /// <summary>Its spelling where it has neither quotes nor a tag, so that it may be a text or something else; else null.</summary>
    public string? Plain { get; } = plain;
}

/// <summary>A list.</summary>
public sealed class YamlSequence : YamlNode
{
    /// <summary>Creates a list.</summary>
    /// <param name="items">Its items.</param>
    /// <param name="range">Its location.</param>
    public YamlSequence(IReadOnlyList<YamlNode> items, TextRange range) : base(range, 2)
    {
        Items = items;
        foreach (var item in items)
            Contain(item, 1);
    }

    /// <summary>Its items.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <summary>The list with other items; this one where they are its own.</summary>
    /// <param name="change">What each item becomes.</param>
    public YamlSequence Select(Func<YamlNode, YamlNode> change)
    {
        var items = Items.Select(change).ToList();
        return items.SequenceEqual(Items) ? this : new(items, Range);
    }
}

/// <summary>An object.</summary>
public sealed class YamlMapping : YamlNode
{
    // Fewer members are searched as fast as an index is made.
    private const int Large = 16;

    private Dictionary<string, YamlNode>? _index;

    /// <summary>Creates an object.</summary>
    /// <param name="members">Its members, of which no two have the same key, in their order.</param>
    /// <param name="range">Its location.</param>
    public YamlMapping(IReadOnlyList<YamlMember> members, TextRange range) : base(range, 2)
    {
        Members = members;
        foreach (var member in members)
            Contain(member.Value, member.Key.Length + 4);
    }

    /// <summary>Its members, in their order.</summary>
    public IReadOnlyList<YamlMember> Members { get; }

    /// <summary>The value of a member, or null.</summary>
    /// <param name="key">The key.</param>
    public YamlNode? Find(string key)
    {
        if (Members.Count <= Large)
            return Members.FirstOrDefault(member => member.Key == key)?.Value;
        _index ??= Members.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);
        return _index.TryGetValue(key, out var value) ? value : null;
    }

    /// <summary>The object with other values; this one where they are its own.</summary>
    /// <param name="change">What the value of each member becomes.</param>
    public YamlMapping Select(Func<YamlMember, YamlNode> change)
    {
        var (members, isChanged) = (new List<YamlMember>(Members.Count), false);
        foreach (var member in Members)
        {
            var value = change(member);
            members.Add(ReferenceEquals(value, member.Value) ? member : member with { Value = value });
            isChanged |= !ReferenceEquals(value, member.Value);
        }
        return isChanged ? new(members, Range) : this;
    }
}

/// <summary>A member of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="KeyRange">The location of the key.</param>
public sealed record YamlMember(string Key, YamlNode Value, TextRange KeyRange);
