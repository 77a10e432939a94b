using Zoetrope.Json;

namespace Zoetrope.Uploads;

/// <summary>
/// Uploads the local files in the input of a submit. It is set with the first file that becomes a text, so that programs without such files do not contain what
/// uploads them.
/// </summary>
internal static class SubmitUploads
{
    /// <summary>Uploads files in place of the texts that stand for them.</summary>
    /// <param name="protocol">The provider's protocol.</param>
    /// <param name="provider">The provider's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="ct">A token to cancel the uploads.</param>
    /// <returns>The input with what the provider refers to the files by.</returns>
    public delegate Task<RawJson> Uploader(object protocol, string provider, RawJson input, CancellationToken ct);

    /// <summary>Uploads files; null while there are none.</summary>
    public static Uploader? Upload { get; set; }
}
