using Zoetrope.Specs.Json;

namespace Zoetrope.Specs;

/// <summary>Reads the bodies of requests and answers.</summary>
/// <param name="partsHaveStyles">Whether <c>style</c> means something in parts of multipart bodies (OpenAPI 3.1).</param>
/// <param name="references">What follows references.</param>
/// <param name="schemas">What reads schemas.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class OpenApiContents(bool partsHaveStyles, OpenApiReferences references, OpenApiSchemaReader schemas, List<SpecProblem> problems)
{
    /// <summary>Reads the body of a request; null when there is none.</summary>
    public OperationBody? ReadBody(JsonPlace place)
    {
        if (!place.Exists || references.Follow(place) is not { } body)
            return null;
        var contents = ReadContents(body["content"]);
        return contents.Count == 0 ? null : new(body.Node["required"].IsTrue, contents, body.Pointer);
    }

    /// <summary>Reads the answers of an operation.</summary>
    public EquatableArray<OperationResponse> ReadResponses(JsonPlace place)
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
            responses.Add(new(
                status == "default" ? status : status.ToUpperInvariant(), Text(response.Node["description"]), ReadContents(response["content"]), response.Pointer));
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

    private EquatableArray<MediaContent> ReadContents(JsonPlace place)
    {
        var contents = new List<MediaContent>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in place.Node)
        {
            var media = place.Property(item);
            var type = Normalize(item.Name);
            if (!types.Add(type))
            {
                problems.Add(Problems.DescribedTwice.At(item.NameRange, type));
                continue;
            }
            var schema = media["schema"];
            contents.Add(new(type, schema.Exists ? schemas.Read(schema.Node, schema.Pointer) : null, ReadPartTypes(item["encoding"], partsHaveStyles || type == "application/x-www-form-urlencoded"), media.Pointer));
        }
        return contents.ToEquatableArray();
    }

    /// <summary>The media types of parts. A list of several, or a range, leaves the choice to who sends.</summary>
    private EquatableArray<NamedText> ReadPartTypes(JsonNode encodings, bool hasStyles)
    {
        var types = new List<NamedText>();
        foreach (var encoding in encodings)
        {
            if (encoding["contentType"].String is { } type && type.IndexOfAny([',', '*']) < 0)
                types.Add(new(encoding.Name, Normalize(type)));
            foreach (var member in encoding)
            {
                if (member.Name == "headers" || (hasStyles && member.Name is ("style" or "explode" or "allowReserved")))
                    problems.Add(Problems.NotGenerated.At(member.NameRange, member.Name));
            }
        }
        return types.ToEquatableArray();
    }

    private static bool IsStatus(string name) =>
        name == "default" || (name.Length == 3 && name[0] is >= '1' and <= '5'
            && ((char.IsDigit(name[1]) && char.IsDigit(name[2])) || name.Substring(1).Equals("XX", StringComparison.OrdinalIgnoreCase)));

    private static string? Text(JsonNode node) => node.String?.Trim() is { Length: > 0 } text ? text : null;
}
