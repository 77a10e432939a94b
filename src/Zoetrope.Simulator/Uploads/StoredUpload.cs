using System.Collections.Concurrent;

namespace Zoetrope.Simulator.Uploads;

/// <summary>A file that is being uploaded, or was.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, without a folder.</param>
internal sealed record StoredUpload(string Provider, string Id, string Name)
{
    /// <summary>What the address must have in its query, as a signature.</summary>
    public string Signature { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The key that uploads it, where that matters.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The header with which its user said how long it is kept and who may read it; null where there was none.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>The media type with which it must be sent; null for any.</summary>
    public string? ContentType { get; init; }

    /// <summary>The size that it must have; null for any.</summary>
    public long? Size { get; init; }

    /// <summary>The maximum size; null for none.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The name of the part with the file, where it comes in a form.</summary>
    public string? Part { get; init; }

    /// <summary>The fields of that form, or the headers of a PUT.</summary>
    public IReadOnlyDictionary<string, string> Required { get; init; } = new Dictionary<string, string>();

    /// <summary>What was stored; null until then.</summary>
    public ReceivedContent? Content { get; set; }

    /// <summary>The parts so far, of a file that comes in parts; null of one that does not.</summary>
    public ConcurrentDictionary<int, ReceivedContent>? Parts { get; init; }
}

/// <summary>The content of an uploaded file.</summary>
/// <param name="Length">Its size.</param>
/// <param name="Sha256">Its hash, in hexadecimal digits.</param>
/// <param name="ContentType">The media type with which it was sent.</param>
/// <param name="Bytes">The bytes; null where there are too many to keep.</param>
internal sealed record ReceivedContent(long Length, string Sha256, string? ContentType, byte[]? Bytes)
{
    /// <summary>The tag under which it is stored, with quotation marks.</summary>
    public string Tag => $"\"{Sha256[..32]}\"";

    /// <summary>The hashes of its parts; empty of a file that was sent as a whole.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
