using System.Text.RegularExpressions;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Judges what a document says of a text that is named as a URL. It is judged by what it can be sure of: an "or" has to join two things of one sort, and no
/// word may speak of anything but a URL. What is not known is doubt, and in doubt nothing is checked: a request that the service takes must not be refused.
/// </summary>
internal static class UrlWords
{
    /// <summary>Words of files, and of what is made with them. A text is known to be the URL of a file where one of them is said of it.</summary>
    private static readonly HashSet<string> _files = new(StringComparer.Ordinal)
    {
        "image", "video", "audio", "file", "mask", "frame", "archive", "clip", "photo", "picture", "zip", "dataset", "weights", "mesh", "voice", "speech",
        "music", "sound", "lora",
        "garment", "portrait", "face", "embedding", "pdf", "training", "pose", "depth", "glb", "footage", "song", "recording", "media", "avatar", "texture",
        "pointmap",
    };

    /// <summary>Words of what has a web address and is not a file; people write such addresses without a scheme.</summary>
    private static readonly HashSet<string> _pages = new(StringComparer.Ordinal)
    {
        "webhook", "callback", "website", "site", "web", "webpage", "page", "homepage", "article", "tweet", "youtube", "tiktok", "instagram", "domain",
        "storefront", "listing", "landing", "product", "shop", "store", "company", "brand",
    };

    /// <summary>Words that speak of something else than a URL, or of a value with a meaning of its own.</summary>
    private static readonly HashSet<string> _others = new(StringComparer.Ordinal)
    {
        "id", "ids", "uuid", "guid", "identifier", "identifiers", "handle", "handles", "key", "keys", "token", "tokens", "name", "names", "slug", "alias",
        "preset", "presets",
        "path", "paths", "filename", "filenames", "folder", "directory", "local", "relative", "blank", "leave", "none", "empty string", "also", "as well",
        "alternatively",
        "one of", "asset", "assets", "bucket", "blob", "gcs", "s3", "ftp", "hugging", "huggingface", "repo", "repository", "raw", "inline", "bytes", "hex",
        "string",
        "plain text", "json list", "json array", "json string", "json object", "json encoded", "json-encoded", "separated", "comma-separated", "auto", "hash",
        "index",
    };

    /// <summary>Words of the bytes themselves; data URIs hold them too.</summary>
    private static readonly HashSet<string> _bytes =
        new(StringComparer.Ordinal) { "base64", "base-64", "base 64", "base64-encoded", "base-64-encoded", "b64", "encoded" };

    /// <summary>What an "or" may join with its like: media, their formats, and what is done with them.</summary>
    private static readonly HashSet<string> _alike = new(StringComparer.Ordinal)
    {
        "image", "images", "video", "videos", "audio", "audios", "photo", "photos", "picture", "pictures", "frame", "frames", "mask", "masks", "object",
        "objects", "animals",
        "people", "scene", "scenes", "subject", "subjects", "background", "inpainting", "inpaint", "img2img", "editing", "image-to-image", "upscale", "vary",
        "generation", "personalization", "subject-driven", "body", "upper", "old", "damaged",
        "jpg", "jpeg", "png", "webp", "gif", "avif", "heif", "heic", "bmp", "tiff", "mp4", "mov", "webm", "mkv", "avi", "wav", "mp3", "aac", "ogg", "flac",
        "m4a", "aiff",
        "glb", "gltf", "ply", "obj", "fbx", "npz", "npy", "av1", "safetensors", "http", "https",
    };

    /// <summary>What an "or" may name after anything: how many, or how large.</summary>
    private static readonly HashSet<string> _amounts = new(StringComparer.Ordinal)
        { "more", "several", "multiple", "higher", "longer", "shorter", "larger", "smaller", "greater", "less", "lower", "better", "fewer", "equal" };

    private static readonly HashSet<string> _urls = new(StringComparer.Ordinal) { "url", "urls", "uri", "uris", "link", "links", "accessible" };

    /// <summary>The words that may accompany "URL" where its target is not described.</summary>
    private static readonly HashSet<string> _bare = new(StringComparer.Ordinal)
        {
            "one",
            "a",
            "an",
            "the",
            "or",
            "several",
            "more",
            "many",
            "url",
            "urls",
            "uri",
            "uris",
            "link",
            "links",
            "public",
            "publicly",
            "accessible",
            "https",
            "http",
            "optional",
            "of",
            "list"
        };

    /// <summary>
    /// Phrases with words of other forms that speak of something else: what a zip archive holds beside its images, what a value that is left out means, another
    /// parameter that counts no more, what is made of the file. A file that accompanies a URL in parentheses is one that is uploaded first, or sent as a data
    /// URI.
    /// </summary>
    private static readonly Regex _harmless = new(
        @"\b(?:same (?:file)?name|(?:zip|archive|dataset) (?:file )?(?:can |may )?also contains?|matched to \w{1,40} by filename"
            + @"|defaults?:? (?:(?:to|is|of) )?(?:none|null)|as assets in|skips auto|more accurate face id|kiss or heart_gesture)\b"
            + @"|\(file or URL\)|[`'""]\w{1,40}[`'""] (?:will be|is) ignored\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether words speak of files, or of URLs and nothing else.</summary>
    public static bool SpeakOfFiles(IReadOnlyList<string> words) =>
        words.Any(word => _files.Contains(word) || _files.Contains(word.TrimEnd('s'))) || (words.Any(_urls.Contains) && words.All(_bare.Contains));

    /// <summary>Whether words of a name speak of web addresses that are not files.</summary>
    public static bool SpeakOfPages(IReadOnlyList<string> words) =>
        words.Any(_pages.Contains) && (words.Contains("webhook") || words.Contains("callback") || !SpeakOfFiles(words));

    /// <summary>Whether a description speaks of them; one of a product may be of its picture.</summary>
    public static bool DescribePages(IReadOnlyList<string> words) => words.Any(word => _pages.Contains(word) && !_sold.Contains(word));

    private static readonly HashSet<string> _sold = new(StringComparer.Ordinal) { "product", "shop", "store", "company", "brand" };

    /// <summary>The words of a text, with the underscores and hyphens inside them.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isInside = i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-');
            if (isInside && start < 0)
                start = i;
            if (isInside || start < 0)
                continue;
            words.Add(text.Substring(start, i - start).ToLowerInvariant());
            start = -1;
        }
        return words;
    }

    /// <summary>Whether a text speaks of data URIs.</summary>
    public static bool SpeaksOfData(string text) =>
        text.IndexOf("data ur", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("data:", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether a text speaks of URLs without encryption.</summary>
    public static bool SpeaksOfHttp(string text) => Of(text).Contains("http");

    /// <summary>Whether a text says that a value can be something else than a URL, or may say so.</summary>
    public static bool AreDoubtful(string text)
    {
        text = _harmless.Replace(text, " ");
        var words = Of(text);
        var hasData = SpeaksOfData(text);
        for (var i = 0; i < words.Count; i++)
        {
            var pair = i + 1 < words.Count ? words[i] + " " + words[i + 1] : "";
            if (IsOther(words[i]) || _others.Contains(pair) || (!hasData && (_bytes.Contains(words[i]) || _bytes.Contains(pair))))
                return true;
            if (words[i] == "or" && !AreAlike(words, i))
                return true;
        }
        return HasOtherScheme(text) || HasSlashOfUrl(text) || HasQuotedValue(text);
    }

    private static bool IsOther(string word) =>
        _others.Contains(word) || word.EndsWith("_id", StringComparison.Ordinal) || word.EndsWith("_ids", StringComparison.Ordinal)
        || word.EndsWith("-id", StringComparison.Ordinal) || word.EndsWith("-ids", StringComparison.Ordinal);

    /// <summary>Whether the "or" at an index joins parameters, amounts, or two things of one sort.</summary>
    private static bool AreAlike(List<string> words, int at)
    {
        var before = at > 0 ? words[at - 1] : "";
        var next = at + 1;
        while (next < words.Count && words[next] is "a" or "an" or "the")
            next++;
        var after = next < words.Count ? words[next] : "";
        if (before.IndexOf('_') > 0 || _amounts.Contains(after))
            return true;
        if (after == "only" && next + 1 < words.Count)
            after = words[next + 1];
        var isData = after is "data" or "base64" or "base64-encoded" && words.Skip(next).Take(3).Any(word => word is "uri" or "uris" or "url" or "urls");
        if (_urls.Contains(before))
            return isData || after is "urls" or "uris" or "links" or "list" or "array" || (after is "url" && before is "uri" or "uris");
        if (before == "and" && at > 1)
            before = words[at - 2];
        return (IsAlike(before) && IsAlike(after)) || IsClause(words.Skip(at + 1).Take(4).ToList());
    }

    /// <summary>Whether an "or" begins what becomes of an image, or what it is for: "or it will be cropped", "or as a starting frame".</summary>
    private static bool IsClause(List<string> words)
    {
        var will = words.IndexOf("will");
        return (will > 0 && (words[will - 1] is "it" or "they" || IsAlike(words[will - 1])))
            || (words.Count > 2 && words[0] == "as" && (words[1] is "a" or "an" or "the") && words.Exists(IsAlike));
    }

    private static bool IsAlike(string word) => _alike.Contains(word) || (word.Length > 0 && char.IsDigit(word[0]));

    /// <summary>Whether a text shows a URI that is neither http nor data: <c>s3://a</c>, <c>asset:a</c>.</summary>
    private static bool HasOtherScheme(string text)
    {
        for (var at = text.IndexOf(':'); at >= 0; at = text.IndexOf(':', at + 1))
        {
            var start = at;
            while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
                start--;
            var hasRest = at + 1 < text.Length && (text[at + 1] == '/' || char.IsLetterOrDigit(text[at + 1]) || text[at + 1] is '<' or '{');
            if (start < at
                && hasRest
                && char.IsLetter(text[start])
                && text.Substring(start, at - start).ToLowerInvariant() is not ("http" or "https" or "data"))
                return true;
        }
        return false;
    }

    /// <summary>Whether a slash joins a URL with something that is not a data URI: <c>URL/ID</c>.</summary>
    private static bool HasSlashOfUrl(string text)
    {
        for (var at = text.IndexOf('/'); at >= 0; at = text.IndexOf('/', at + 1))
        {
            if (at > 0 && (text[at - 1] is '/' or ':'))
                continue;
            var before = Of(text.Substring(0, at)).LastOrDefault() ?? "";
            var rest = text.Substring(at + 1);
            var after = Of(rest).FirstOrDefault() ?? "";
            var isNear = at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == ' ');
            if (isNear && (before is "url" or "urls" or "uri" or "link" ? !SpeaksOfData(rest) : after is "url" or "urls" or "uri" or "link"))
                return true;
        }
        return false;
    }

    /// <summary>Whether a text gives a value to use: <c>Use "auto"</c>.</summary>
    private static bool HasQuotedValue(string text)
    {
        for (var at = text.IndexOfAny(_quotes); at >= 0; at = text.IndexOfAny(_quotes, at + 1))
        {
            if (Of(text.Substring(0, at)).LastOrDefault() is "use" or "pass" or "set" or "send" or "give" or "specify" or "to" or "be")
                return true;
        }
        return false;
    }

    private static readonly char[] _quotes = ['`', '"', '\'', '“', '‘'];
}
