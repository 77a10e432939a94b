using System.Text.Json;
using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Formats;
using Zoetrope.Json;
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
            try
            {
                foreach (var file in FilesOf(job, kind))
                    contents.Add(await ContentAsync(client, file, kind, asData, ct).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                Throw(jobs, job, exception, ct);
            }
        }
        return contents;
    }

    private static IReadOnlyList<MediaFile> FilesOf(GenerationJob job, string kind)
    {
        if (job.Result is not { } result)
            return [];
        var all = result.Media.Count > 0 ? result.Media : AddressesIn(result.Raw, kind);
        var ofKind = all.Where(file => MediaTypeOf(file) is not { } type || type.StartsWith(kind, StringComparison.OrdinalIgnoreCase)).ToList();
        return ofKind.Count > 0 ? ofKind : all;
    }

    // Some providers name a file as a mere text under a name, beside others: { "video": "https://…", "progress_video": "https://…" }.
    private static List<MediaFile> AddressesIn(RawJson result, string kind)
    {
        var all = new List<(string Name, MediaFile File)>();
        var name = "";
        var reader = result.CreateReader();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                name = JsonTexts.Of(ref reader);
            else if (reader.TokenType == JsonTokenType.String && JsonTexts.Of(ref reader) is var text && IsAddress(text) && !Has(text))
                all.Add((name, new() { Url = text }));
        }
        var named = all.FindAll(one => one.Name == kind || one.Name == kind + "s" || one.Name == kind + "_url" || one.Name == kind + "_urls");
        return (named.Count > 0 ? named : all).ConvertAll(static one => one.File);

        bool Has(string url) => all.Exists(one => one.File.Url == url);
    }

    private static bool IsAddress(string text) => text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http");

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
