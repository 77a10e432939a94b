namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>Finds the result of a job in its status.</summary>
internal static class ResultValues
{
    private static readonly string[] _names =
        ["output", "outputs",
            "result", "results", "assets", "content", "content_url", "video_url", "image_url", "audio_url", "video", "videos", "image", "images",
            "audio", "generated_images", "artifacts", "data", "sample", "url"];

    private static readonly string[] _downloads = ["download", "result", "content", "output"];

    /// <summary>The value with the result; null where none has such a name.</summary>
    public static DescribedValue? Of(StatusCandidate status)
    {
        var parent = status.Word.Pointer.Substring(0, Math.Max(status.Word.Pointer.LastIndexOf('/'), 0));
        var found = _names.Select(name => status.Values.Find(value => value.Pointer == parent + "/" + name)).FirstOrDefault(value => value is not null);
        if (found is null)
            return null;
        // An object with one address is the address.
        var inner = status.Values.Where(value => value.Pointer.StartsWith(found.Pointer + "/", StringComparison.Ordinal)).ToList();
        return inner.Find(value => value.IsText && value.Name is "sample" or "video_url") ?? found;
    }

    /// <summary>Whether a path says that it fetches what was made.</summary>
    public static bool IsDownload(string path) =>
        _downloads.Any(word => path.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
