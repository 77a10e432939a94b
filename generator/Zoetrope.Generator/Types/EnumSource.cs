using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>The values of an enum, and how the document calls them.</summary>
internal sealed class EnumSource
{
    private readonly Dictionary<string, ValueLabel> _labels = new(StringComparer.Ordinal);
    private readonly string _pointer;

    /// <summary>The values of a schema.</summary>
    /// <param name="texts">The values.</param>
    /// <param name="labels">Their names and descriptions; the first of each value counts.</param>
    /// <param name="pointer">The location of the schema.</param>
    public EnumSource(IEnumerable<string> texts, IEnumerable<ValueLabel> labels, string pointer)
    {
        Texts = texts.Distinct(StringComparer.Ordinal).ToList();
        foreach (var label in labels)
        {
            if (!_labels.ContainsKey(label.Value))
                _labels.Add(label.Value, label);
        }
        _pointer = pointer;
    }

    /// <summary>The values, each once.</summary>
    public List<string> Texts { get; }

    /// <summary>Whether the document gives any of them a name.</summary>
    public bool HasNames => _labels.Values.Any(label => label.Name is not null);

    /// <summary>The document's name of a value, or null.</summary>
    public string? NameOf(string text) => _labels.TryGetValue(text, out var label) ? label.Name : null;

    /// <summary>What the document says of a value, or null.</summary>
    public string? DescriptionOf(string text) => _labels.TryGetValue(text, out var label) ? label.Description : null;

    /// <summary>What to say of a value that the document calls deprecated; null of others.</summary>
    public string? DeprecationOf(string text) =>
        _labels.TryGetValue(text, out var label) ? Deprecations.MessageOf(label.Deprecated, label.DeprecationNote, label.Description) : null;

    /// <summary>The location of a value.</summary>
    public string PointerOf(int index) => JsonPointer.Append(JsonPointer.Append(_pointer, "enum"), index);

    /// <summary>Whether another one has the same values of the same names.</summary>
    public bool IsSame(EnumSource other) =>
        Texts.SequenceEqual(other.Texts, StringComparer.Ordinal) && Texts.TrueForAll(text => NameOf(text) == other.NameOf(text));
}
