namespace Zoetrope.Specs.Model;

/// <summary>One form of a body.</summary>
/// <param name="MediaType">Its media type in lower case, without parameters, such as <c>application/json</c>.</param>
/// <param name="Schema">What it is, or null when the document does not say.</param>
/// <param name="PartTypes">Of forms: the media types of parts whose <c>encoding</c> states one, by the name of the part.</param>
/// <param name="Pointer">Its location.</param>
public sealed record MediaContent(string MediaType, Schema? Schema, EquatableArray<NamedText> PartTypes, string Pointer)
{
    /// <summary>The media type with the parameters that the document gives it, such as <c>application/json;v=2</c>.</summary>
    public string FullType { get; init; } = MediaType;

    /// <summary>What comes one after another in the body; null where the document does not describe that.</summary>
    public SequenceItems? Items { get; init; }

    /// <summary>Of forms: how parts are written whose <c>encoding</c> states a style.</summary>
    public EquatableArray<PartStyle> PartStyles { get; init; }
}
