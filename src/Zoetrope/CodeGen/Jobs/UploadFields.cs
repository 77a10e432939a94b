using System.ComponentModel;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>What the response to a request that begins an upload says. Generated code fills it; <see cref="DeclaredProtocol"/> interprets it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct UploadFields
{
    /// <summary>The address to send the file to.</summary>
    public string? Address { get; set; }

    /// <summary>The fields of the form that has the file: an object, or a text that contains one as JSON.</summary>
    public RawJson? Fields { get; set; }

    /// <summary>The headers with which the content is sent: an object, or a text that contains one as JSON.</summary>
    public RawJson? Headers { get; set; }

    /// <summary>What requests refer to the file by.</summary>
    public string? Reference { get; set; }

    /// <summary>The id of the file.</summary>
    public string? Id { get; set; }

    /// <summary>When the provider deletes it.</summary>
    public string? ExpiresAt { get; set; }
}
