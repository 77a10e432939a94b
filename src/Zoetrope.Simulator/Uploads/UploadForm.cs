using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Zoetrope.Simulator.Uploads;

/// <summary>A form with a file.</summary>
/// <param name="Before">The fields before the file.</param>
/// <param name="Name">The name of the file.</param>
/// <param name="Content">Its content.</param>
internal sealed record UploadForm(IReadOnlyDictionary<string, string> Before, string Name, ReceivedContent Content)
{
    /// <summary>Reads a form up to its file; null where it is not one, or has none.</summary>
    /// <param name="contentType">The media type of the body.</param>
    /// <param name="body">The body.</param>
    /// <param name="part">The name of the part with the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<UploadForm?> ReadAsync(string? contentType, Stream body, string part, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", body) { BodyLengthLimit = null };
        UploadForm? found = null;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                return null;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition() && name == part)
            {
                var fileName = Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "file");
                found ??= new(fields, fileName, await UploadStore.ReadAsync(section.Body, section.ContentType, cancellationToken));
                continue;
            }
            using var text = new StreamReader(section.Body);
            var value = await text.ReadToEndAsync(cancellationToken);
            if (found is null)
                fields[name] = value;
        }
        return found;
    }
}
