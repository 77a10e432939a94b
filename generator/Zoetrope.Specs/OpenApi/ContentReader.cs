using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads the bodies of requests and responses.</summary>
/// <param name="partsHaveStyles">Whether <c>style</c> means something in parts of multipart bodies (since OpenAPI 3.1).</param>
/// <param name="sequences">What reads the items of responses.</param>
/// <param name="references">What follows references.</param>
/// <param name="schemas">What reads schemas.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class ContentReader(
    bool partsHaveStyles, SequenceReader sequences, ReferenceResolver references, SchemaReader schemas, List<SpecProblem> problems)
{
    /// <summary>Reads the body of a request; null when there is none.</summary>
    public OperationBody? ReadBody(JsonLocation place)
    {
        if (!place.Exists || references.Follow(place) is not { } body)
            return null;
        return new(body.Node["required"].IsTrue, ReadContents(body["content"], isResponse: false), body.Pointer);
    }

    /// <summary>Reads the responses of an operation. What is under <c>content</c> where HTTP allows no body is not read.</summary>
    /// <param name="place">The responses.</param>
    /// <param name="isHead">Whether the operation is HEAD, whose document describes what GET would give.</param>
    public EquatableArray<OperationResponse> ReadResponses(JsonLocation place, bool isHead)
    {
        var responses = new List<OperationResponse>();
        foreach (var item in place.Node)
        {
            var status = item.Name;
            if (status.StartsWith("x-", StringComparison.Ordinal))
                continue;
            if (!IsStatus(status))
            {
                problems.Add(Problems.NotAStatus.At(item.NameRange, status));
                continue;
            }
            if (references.Follow(place.Property(item)) is not { } response)
                continue;
            // Headers are the caller's to read; what their references lead to is looked at all the same.
            foreach (var header in response.Node["headers"])
                references.Follow(response["headers"].Property(header));
            if (response.Node["links"] is { Count: > 0 } links)
                problems.Add(Problems.NotGenerated.At(links.NameRange, "links"));
            var name = status == "default" ? status : status.ToUpperInvariant();
            var hasHeaders = response.Node["headers"].Count > 0;
            var read = new OperationResponse(name, response.Node["description"].Trimmed, default, response.Pointer) { HasHeaders = hasHeaders };
            responses.Add(isHead || read.IsBodiless ? read : read with { Contents = ReadContents(response["content"], isResponse: true) });
        }
        return responses.ToEquatableArray();
    }

    /// <summary>Whether a media type is JSON: <c>application/json</c> or one with <c>+json</c> at its end.</summary>
    public static bool IsJson(string mediaType) =>
        mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal) || mediaType == "text/json";

    /// <summary>A media type in lower case, without parameters.</summary>
    public static string Normalize(string mediaType)
    {
        var end = mediaType.IndexOf(';');
        return (end < 0 ? mediaType : mediaType.Substring(0, end)).Trim().ToLowerInvariant();
    }

    private EquatableArray<MediaContent> ReadContents(JsonLocation place, bool isResponse)
    {
        var contents = new List<MediaContent>();
        var types = new Dictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
        var plain = new Dictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in place.Node)
        {
            if (references.Follow(place.Property(item)) is not { } media)
                continue;
            var full = WithParameters(item.Name);
            var isTwice = types.TryGetValue(full, out var known);
            var isKnown = isTwice || plain.TryGetValue(WithoutUtf8(full), out known);
            if (isKnown && known["schema"].Same(media.Node["schema"]) && known["encoding"].Same(media.Node["encoding"]))
                continue;
            if (isTwice)
            {
                problems.Add(Problems.DescribedTwice.At(item.NameRange, full));
                continue;
            }
            types.Add(full, media.Node);
            plain[WithoutUtf8(full)] = media.Node;
            var type = Normalize(item.Name);
            var schema = media["schema"];
            var read = new MediaContent(
                type,
                schema.Exists ? schemas.Read(schema.Node, schema.Pointer) : null,
                ReadPartTypes(media.Node["encoding"]),
                media.Pointer)
            { FullType = full };
            if (isResponse)
                read = read with { Items = sequences.Read(type, media, read.Schema) };
            ReportSequence(media.Node, isResponse);
            contents.Add(read with { PartStyles = ReadPartStyles(media.Node["encoding"], partsHaveStyles || type == "application/x-www-form-urlencoded") });
        }
        return contents.ToEquatableArray();
    }

    private void ReportSequence(JsonNode media, bool isResponse)
    {
        foreach (var name in isResponse ? _ofSequences : _ofSequences.Prepend("itemSchema"))
        {
            if (media[name] is { Exists: true } member)
                problems.Add(Problems.NotGenerated.At(member.NameRange, name));
        }
    }

    private static readonly string[] _ofSequences = ["prefixEncoding", "itemEncoding"];

    /// <summary>The media types of parts. A list of several, or a range, leaves the choice to the caller.</summary>
    private EquatableArray<NamedText> ReadPartTypes(JsonNode encodings)
    {
        var types = new List<NamedText>();
        foreach (var encoding in encodings)
        {
            if (encoding["contentType"].String is { } type && type.IndexOfAny([',', '*']) < 0)
                types.Add(new(encoding.Name, Normalize(type)));
            if (encoding["headers"] is { Exists: true } headers)
                problems.Add(Problems.NotGenerated.At(headers.NameRange, headers.Name));
        }
        return types.ToEquatableArray();
    }

    /// <summary>The styles of parts; the usual one where only <c>explode</c> is given.</summary>
    /// <param name="encodings">What is said of the parts.</param>
    /// <param name="haveStyles">Whether styles mean something there; else only those that come from Swagger 2, which has them in every form, do.</param>
    private EquatableArray<PartStyle> ReadPartStyles(JsonNode encodings, bool haveStyles)
    {
        var styles = new List<PartStyle>();
        foreach (var encoding in encodings)
        {
            var (style, explode, reserved) = (encoding["style"], encoding["explode"], encoding["allowReserved"]);
            if ((!style.Exists && !explode.Exists && !reserved.Exists) || (!haveStyles && !encoding["x-collectionFormat"].Exists))
                continue;
            var read = style.Exists ? ParameterReader.StyleNamed(style.String, ParameterLocation.Query) : ParameterStyle.Form;
            if (read is null)
                problems.Add(Problems.UnfitStyle.At(style.Range, encoding.Name, style.String ?? style.Raw, "form"));
            var known = read ?? ParameterStyle.Form;
            var isStated = style.Exists || explode.Exists;
            styles.Add(new(encoding.Name, isStated ? known : null, explode.IsBoolean ? explode.IsTrue : known == ParameterStyle.Form, reserved.IsTrue));
        }
        return styles.ToEquatableArray();
    }

    /// <summary>A media type with its parameters, written in one way, so that the same one is known again.</summary>
    private static string WithParameters(string mediaType)
    {
        var pieces = mediaType.Split(';').Skip(1).Select(Parameter).Where(text => text.Length > 0);
        return string.Join(";", pieces.Prepend(Normalize(mediaType)));
    }

    /// <summary>A media type without the parameter that says nothing new: what is sent is UTF-8.</summary>
    private static string WithoutUtf8(string full) => string.Join(";", full.Split(';').Where(piece => !_utf8.Contains(piece)));

    private static readonly HashSet<string> _utf8 = new(StringComparer.OrdinalIgnoreCase) { "charset=utf-8", "charset=\"utf-8\"", "charset=utf8" };

    /// <summary>A parameter of a media type: only its name has no case.</summary>
    private static string Parameter(string text)
    {
        var at = text.IndexOf('=');
        return at < 0 ? text.Trim().ToLowerInvariant() : text.Substring(0, at).Trim().ToLowerInvariant() + "=" + text.Substring(at + 1).Trim();
    }

    private static bool IsStatus(string name) =>
        name == "default" || (name.Length == 3 && name[0] is >= '1' and <= '5'
            && ((char.IsDigit(name[1]) && char.IsDigit(name[2])) || name.Substring(1).Equals("XX", StringComparison.OrdinalIgnoreCase)));
}
