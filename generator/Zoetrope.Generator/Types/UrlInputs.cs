using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Distinguishes the inputs that are URLs of files from texts that only look so. A request must not be refused that the service takes, so whatever may
/// speak of another form (the descriptions, an example, the default, a pattern, another alternative) leaves the value to the service.
/// </summary>
internal static class UrlInputs
{
    private static readonly char[] _digits = [.. "0123456789"];

    /// <summary>
    /// Whether the name of a parameter says that it is one URL, or several: <c>image_url</c>, <c>imageUrl</c>, <c>image_urls</c>, <c>image_url_2</c>.
    /// </summary>
    private static bool IsNamedUrl(List<string> name) => name.Count > 1 && name.FindLast(word => word.Length > 0) is "url" or "urls";

    /// <summary>Whether a text can only be the URL of a file: its document says so, and nothing in it may say otherwise.</summary>
    /// <param name="schema">The text, with what is said of the list or the alternatives that it is in.</param>
    /// <param name="jsonName">The name of the parameter.</param>
    public static bool IsUrl(Schema schema, string jsonName)
    {
        var name = Identifiers.Words(jsonName).ConvertAll(word => word.TrimEnd(_digits).ToLowerInvariant());
        var text = TextOf(schema);
        var words = UrlWords.Of(text);
        var isStated = schema.File is not null
            || (IsNamedUrl(name) ? UrlWords.SpeakOfFiles(name) || UrlWords.SpeakOfFiles(words)
                : (schema.Format is "uri" or "url" || jsonName is "url" or "urls")
                    && words.Exists(word => word is "url" or "urls")
                    && UrlWords.SpeakOfFiles(words));
        return isStated && !UrlWords.SpeakOfPages(name) && !UrlWords.DescribePages(words) && !IsOther(schema, text);
    }

    /// <summary>Whether its document speaks of, or shows, other URLs than public https ones.</summary>
    public static bool IsAnyUrl(Schema schema)
    {
        var text = TextOf(schema);
        return UrlWords.SpeaksOfData(text) || UrlWords.SpeaksOfHttp(text)
            || !Shown(schema).All(example => AllTexts(example, static one => one.StartsWith("https://", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsOther(Schema schema, string text) =>
        // A pattern is checked itself, and may allow more.
        schema.Enum.Count > 0 || schema.Pattern is not null || schema.MorePatterns.Count > 0 || schema.MinLength == 0
        || schema.Format is "binary" or "byte" or "uuid" or "path" or "uri-reference"
        || UrlWords.AreDoubtful(text)
        || !Shown(schema).All(example => AllTexts(example, IsUrl))
        || schema.AnyOf.Any(one => FormOf(one) != FormOf(schema.AnyOf[0]) || IsOther(one, TextOf(one)));

    private static (string?, int?, int?) FormOf(Schema schema) => (schema.Format, schema.MinLength, schema.MaxLength);

    private static string TextOf(Schema schema) => schema.MoreDescription is { } more ? schema.Description + ". " + more : schema.Description ?? "";

    private static IEnumerable<JsonLiteral> Shown(Schema schema) => schema.Default is { } given ? schema.Examples.Append(given) : schema.Examples;

    /// <summary>Whether all texts in an example are so.</summary>
    private static bool AllTexts(JsonLiteral example, Func<string, bool> isSo) => example.Kind switch
    {
        JsonKind.String => isSo(example.Text),
        JsonKind.Array => JsonTree.Parse(example.Json).Root is var items && AllTexts(items, isSo),
        _ => true,
    };

    private static bool AllTexts(JsonNode items, Func<string, bool> isSo)
    {
        foreach (var item in items)
        {
            if (item.String is { } text ? !isSo(text) : !item.IsNull && !AllTexts(item, isSo))
                return false;
        }
        return true;
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http");
}
