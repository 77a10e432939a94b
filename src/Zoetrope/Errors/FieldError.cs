using Zoetrope.Json;

namespace Zoetrope.Errors;

/// <summary>An error about one field, as the provider reported it.</summary>
/// <param name="Path">The path of the field, such as <c>image_urls[0]</c>; empty where the provider does not name one.</param>
/// <param name="Message">The message in the provider's words.</param>
/// <param name="Type">The provider's machine-readable kind, such as <c>image_too_small</c>.</param>
/// <param name="Context">Limits and values that the provider adds (<c>ctx</c>).</param>
public sealed record FieldError(string Path, string Message, string? Type = null, RawJson? Context = null)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
