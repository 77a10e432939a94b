using System.ComponentModel;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>How a declared provider takes files. Generated code makes it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaredUpload
{
    /// <summary>The path and query of the operation that begins an upload, of a file.</summary>
    public required Func<UploadFacts, string> Path { get; init; }

    /// <summary>Writes the members of its body; null where it has none.</summary>
    public Action<JsonWriter, UploadFacts>? Write { get; init; }

    /// <summary>Reads its response.</summary>
    public required UploadResponseReader Read { get; init; }

    /// <summary>Whether the operation takes the file itself, in a form, instead of responding with an address for it.</summary>
    public bool IsDirect { get; init; }

    /// <summary>The name of the part with the file in a form; null where the content is the body of a PUT.</summary>
    public string? Part { get; init; }

    /// <summary>The maximum size of a file in bytes; null where nothing is documented.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How long a file is kept at least, where no response says it; null where nothing is documented.</summary>
    public TimeSpan? Lifetime { get; init; }
}

/// <summary>Reads the response to a request that begins an upload.</summary>
/// <param name="reader">The reader, on the response.</param>
/// <param name="upload">What the response says.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void UploadResponseReader(ref Utf8JsonReader reader, ref UploadFields upload);

/// <summary>What the body of a request that begins an upload can say of the file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its size in bytes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct UploadFacts(string Name, string ContentType, long Size)
{
    /// <summary>The extension of its name without the dot, in lower case; the usual one of its media type where the name has none.</summary>
    public string Extension => System.IO.Path.GetExtension(Name).TrimStart('.').ToLowerInvariant() is { Length: > 0 } own
        ? own
        : Formats.MediaTypes.ExtensionOf(ContentType);

    /// <summary>The kind of its media type: <c>image</c>, <c>video</c>, <c>audio</c> or another.</summary>
    public string Kind => ContentType.Split('/')[0].Trim().ToLowerInvariant();
}
