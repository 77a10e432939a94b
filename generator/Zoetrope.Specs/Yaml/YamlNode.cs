using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Yaml;

/// <summary>A value of a YAML document.</summary>
/// <param name="Range">Its location.</param>
public abstract record YamlNode(TextRange Range);

/// <summary>A value without parts.</summary>
/// <param name="Json">Its JSON.</param>
/// <param name="Plain">Its spelling where it has neither quotes nor a tag, so that it may be a text or something else; else null.</param>
/// <param name="Range">Its location.</param>
public sealed record YamlScalar(string Json, string? Plain, TextRange Range) : YamlNode(Range);

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Range">Its location.</param>
public sealed record YamlSequence(IReadOnlyList<YamlNode> Items, TextRange Range) : YamlNode(Range);

/// <summary>An object.</summary>
/// <param name="Members">Its members, in their order.</param>
/// <param name="Range">Its location.</param>
public sealed record YamlMapping(IReadOnlyList<YamlMember> Members, TextRange Range) : YamlNode(Range)
{
    /// <summary>The value of a member, or null.</summary>
    /// <param name="key">The key.</param>
    public YamlNode? Find(string key) => Members.FirstOrDefault(member => member.Key == key)?.Value;
}

/// <summary>A member of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="KeyRange">The location of the key.</param>
public sealed record YamlMember(string Key, YamlNode Value, TextRange KeyRange);
