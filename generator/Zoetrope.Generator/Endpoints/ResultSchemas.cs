using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Providers;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>
/// Results that are not an object with members but one value: those of providers whose pages state the kind of the output alone, and those of which an
/// OpenAPI document does not say that they are objects.
/// </summary>
internal static class ResultSchemas
{
    /// <summary>Whether the result is one value.</summary>
    public static bool IsBare(MergedEndpoint endpoint)
    {
        var isUsual = ProviderProfiles.Of(endpoint.Provider) is { HasBareResults: true };
        if (endpoint.Description.Output is not { } output)
            return isUsual;
        return output.Properties.Count == 0 && (isUsual || (output.Types & SchemaTypes.Object) == 0);
    }

    /// <summary>An object with the one property under which the value is reached in C#.</summary>
    public static Schema BareSchema(MergedEndpoint endpoint)
    {
        var description = endpoint.Description;
        var (name, schema) = description.OutputType switch
        {
            "video" => ("video", File("File")),
            "image" => ("image", File("ImageFile")),
            "audio" => ("audio", File("AudioFile")),
            "array" => ("outputs", new Schema { Types = SchemaTypes.Array, Items = IsMedia(description.Category) ? File("File") : null }),
            null => Described(description),
            _ => ("output", new Schema { Types = SchemaTypes.Object }),
        };
        var property = new SchemaProperty(name, schema with { Description = schema.Description ?? "The output." }, Required: true);
        return new Schema { Types = SchemaTypes.Object, Properties = new([property]), Description = description.Output?.Description };
    }

    /// <summary>The list of items, or the text, that a document describes where nothing else says what the result is.</summary>
    private static (string Name, Schema Schema) Described(EndpointDescription description) => description.Output switch
    {
        { NonNullTypes: SchemaTypes.Array, Items: not null } list =>
            ("outputs", list with { Types = SchemaTypes.Array }),
        { NonNullTypes: SchemaTypes.String, Enum.Count: 0, Format: not ("binary" or "byte") } text =>
            ("output", new Schema { Types = SchemaTypes.String, Description = text.Description }),
        _ => ("output", new Schema { Types = SchemaTypes.Object }),
    };

    // The output is a bare URL in most models, so nothing but the URL is known of it.
    private static Schema File(string kind) => new() { Ref = kind };

    /// <summary>Whether a category such as <c>Image to Video</c> ends in a kind of file.</summary>
    private static bool IsMedia(string? category)
    {
        var words = Identifiers.Words(category ?? "");
        return words.Count > 0 && words[words.Count - 1].ToLowerInvariant() is "video" or "image" or "audio" or "voice" or "speech" or "music";
    }
}
