using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Formats;
using Zoetrope.Media;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>The files of results as contents.</summary>
internal static class OutputFiles
{
    /// <summary>Returns the files of a kind.</summary>
    /// <param name="client">The client, to download them.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="kind">The first part of their media type, such as <c>image</c>.</param>
    /// <param name="asData">Whether they are downloaded.</param>
    /// <param name="ct">A token to stop the downloads.</param>
    /// <exception cref="GenerationException">A file could not be downloaded; the exception has all results.</exception>
    public static async Task<List<AIContent>> OfAsync(
        MediaClient client, IReadOnlyList<GenerationJob> jobs, string kind, bool asData, CancellationToken ct)
    {
        var contents = new List<AIContent>();
        foreach (var job in jobs)
        {
            foreach (var file in FilesOf(job, kind))
            {
                try
                {
                    contents.Add(await ContentAsync(client, file, kind, asData, ct).ConfigureAwait(false));
                }
                catch (Exception exception)
                {
                    Throw(jobs, job, exception, ct);
                }
            }
        }
        return contents;
    }

    private static IReadOnlyList<MediaFile> FilesOf(GenerationJob job, string kind)
    {
        var all = job.Result?.Media ?? [];
        var ofKind = all.Where(file => MediaTypeOf(file) is not { } type || type.StartsWith(kind, StringComparison.OrdinalIgnoreCase)).ToList();
        return ofKind.Count > 0 ? ofKind : all;
    }

    private static async Task<AIContent> ContentAsync(MediaClient client, MediaFile file, string kind, bool asData, CancellationToken ct)
    {
        var mediaType = MediaTypeOf(file) ?? $"{kind}/*";
        if (DataUri.TryDecode(file.Url, out var type, out var bytes))
            return new DataContent(bytes, type) { RawRepresentation = file };
        if (!asData)
            return new UriContent(file.Url, mediaType) { RawRepresentation = file };
        using var stream = new MemoryStream();
        await client.DownloadAsync(file, stream, ct).ConfigureAwait(false);
        var content = stream.ToArray();
        return new DataContent(content, MediaTypes.OfContent(content) ?? mediaType) { Name = file.FileName, RawRepresentation = file };
    }

    private static string? MediaTypeOf(MediaFile file)
    {
        if (!string.IsNullOrEmpty(file.ContentType))
            return file.ContentType;
        if (file.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return file.Url[5..Math.Max(5, file.Url.AsSpan().IndexOfAny(';', ','))];
        return MediaTypes.OfName(file.FileName)
            ?? (Uri.TryCreate(file.Url, UriKind.Absolute, out var url) ? MediaTypes.OfName(url.AbsolutePath) : null);
    }

    private static void Throw(IReadOnlyList<GenerationJob> jobs, GenerationJob job, Exception exception, CancellationToken ct)
    {
        var all = jobs.Select(other => other == job ? job with { Failure = exception } : other).ToList();
        const string Text = "The jobs have ended, but not all files could be fetched: the results have their addresses.";
        if (ct.IsCancellationRequested)
            throw new GenerationCanceledException($"{Text} {exception.Message}", all, [exception], 0, ct);
        throw new GenerationException($"{Text} {exception.Message}", all, [exception], 0);
    }
}
