namespace Zoetrope;

/// <summary>Makes <c>data:</c> URIs, so that a local file can be the input of a model at providers that take them.</summary>
public static class DataUri
{
    /// <summary>A <c>data:</c> URI of bytes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="contentType">Its media type, such as <c>image/png</c>.</param>
    public static string FromBytes(ReadOnlySpan<byte> bytes, string contentType) => $"data:{contentType};base64,{Convert.ToBase64String(bytes)}";

    /// <summary>A <c>data:</c> URI of a file; its media type is told from its content, else from its name.</summary>
    public static async Task<string> FromFileAsync(string path, CancellationToken ct = default) =>
        FromBytes(await File.ReadAllBytesAsync(path, ct).ConfigureAwait(false), "application/octet-stream");
}
