using Zoetrope.Specs;
using Zoetrope.Specs.Json;

namespace Zoetrope.Generator;

/// <summary>
/// Tells the inputs that are URLs of files from texts that only look so. A request must not be refused that the service takes, so whatever speaks of another form (the
/// description, an example, the default) leaves the value to the service.
/// </summary>
internal static class UrlInputs
{
    /// <summary>What descriptions say of inputs that may be something else than a URL or a data URI.</summary>
    private static readonly string[] _otherForms =
    [
        "local", "path", "base64", "can also be", "one of", "also accepts", "leave empty", "empty string", "identifier", "file id", "asset id", "or id", "an id", "uuid",
        "hugging", "repo id", "repository", "asset:", "s3:", "s3 ", "gs:", "gcs", "blob", "ftp", "bucket", "raw ", "inline", "plain text", "webhook", "callback",
    ];

    /// <summary>What follows "URL or" where that speaks of data URIs, which every file input takes, or of several URLs.</summary>
    private static readonly string[] _sameForms =
        ["data ur", "a data ur", "base64 data ur", "a base64 data ur", "base64-encoded data ur", "a base64-encoded data ur", "urls", "several", "more", "a list", "list", "an array", "multiple"];

    private static readonly char[] _digits = [.. "0123456789"];

    private static readonly string[] _things = ["url", "uri", "link", "image", "video", "audio", "file", "mask", "frame", "archive", "clip", "photo", "picture"];

    /// <summary>Whether the name of a parameter says that it is one URL, or several: <c>image_url</c>, <c>imageUrl</c>, <c>image_urls</c>, <c>image_url_2</c>.</summary>
    public static bool IsNamedUrl(string jsonName)
    {
        var words = Identifiers.Words(jsonName).ConvertAll(word => word.TrimEnd(_digits).ToLowerInvariant());
        return words.Count > 1 && words.FindLast(word => word.Length > 0) is "url" or "urls" && !words.Exists(word => word is "webhook" or "callback");
    }

    /// <summary>Whether its document says that a text can be something else than a URL of a file, or shows one that is.</summary>
    /// <param name="schema">The text, with what is said of the list or the alternatives that it is in.</param>
    public static bool IsOther(Schema schema)
    {
        var text = (schema.Description ?? "").ToLowerInvariant();
        // The bytes of a data URI are in base64 too.
        var hasDataUri = Has(text, "data ur");
        return schema.Enum.Count > 0
            || _otherForms.Any(form => Has(text, form) && !(hasDataUri && form == "base64"))
            || IsOneOfTwo(text)
            || !schema.Examples.Append(schema.Default).All(AreUrls);
    }

    /// <summary>Whether a text can only be an http or https URL or a data URI: its document says so, and nothing in it says otherwise.</summary>
    /// <param name="schema">The text, with what is said of the list or the alternatives that it is in.</param>
    /// <param name="jsonName">The name of the parameter.</param>
    public static bool IsUrl(Schema schema, string jsonName)
    {
        var text = (schema.Description ?? "").ToLowerInvariant();
        var isDescribed = IsNamedUrl(jsonName)
            ? text.Length == 0 || _things.Any(word => Has(text, word))
            : (schema.Format is "uri" or "url" || jsonName is "url" or "urls") && Has(text, "url") && _things.Skip(3).Any(word => Has(text, word));
        return isDescribed && !IsOther(schema);
    }

    /// <summary>Whether the text says "a URL or …" of something else than a data URI.</summary>
    private static bool IsOneOfTwo(string text)
    {
        const string Or = "url or ";
        for (var at = text.IndexOf(Or, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Or, at + 1, StringComparison.Ordinal))
        {
            // "Either image_url or prompt" speaks of parameters.
            var isWord = at == 0 || text[at - 1] is not ('_' or '`');
            if (isWord && !_sameForms.Any(word => string.CompareOrdinal(text, at + Or.Length, word, 0, word.Length) == 0))
                return true;
        }
        return false;
    }

    /// <summary>Whether a word of the text begins so.</summary>
    private static bool Has(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetter(text[at - 1]))
                return true;
        }
        return false;
    }

    /// <summary>Whether all texts in an example are URLs.</summary>
    private static bool AreUrls(JsonLiteral? example) => example?.Kind switch
    {
        JsonKind.String => IsUrl(example.Text),
        JsonKind.Array => JsonTree.Parse(example.Json).Root is var items && AreUrls(items),
        _ => true,
    };

    private static bool AreUrls(JsonNode items)
    {
        foreach (var item in items)
        {
            if (item.String is { } text ? !IsUrl(text) : !item.IsNull && !AreUrls(item))
                return false;
        }
        return true;
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.Scheme == "http") && uri.UserInfo.Length == 0);
}
