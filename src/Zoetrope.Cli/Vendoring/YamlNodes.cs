using YamlDotNet.Core;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A value of a YAML document.</summary>
/// <param name="Start">Where it begins.</param>
internal abstract record YamlNode(Mark Start);

/// <summary>A value without parts.</summary>
/// <param name="Json">Its JSON.</param>
/// <param name="Plain">Its spelling where it has neither quotes nor a tag, so that it may be a text or something else; else null.</param>
/// <param name="Start">Where it begins.</param>
internal sealed record YamlScalar(string Json, string? Plain, Mark Start) : YamlNode(Start);

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Start">Where it begins.</param>
internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, Mark Start) : YamlNode(Start);

/// <summary>An object.</summary>
/// <param name="Members">Its members, in their order.</param>
/// <param name="Start">Where it begins.</param>
internal sealed record YamlMapping(IReadOnlyList<YamlMember> Members, Mark Start) : YamlNode(Start)
{
    /// <summary>The value of a member, or null.</summary>
    public YamlNode? Find(string key) => Members.FirstOrDefault(member => member.Key == key)?.Value;
}

/// <summary>A member of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Start">Where the key begins.</param>
internal sealed record YamlMember(string Key, YamlNode Value, Mark Start);
