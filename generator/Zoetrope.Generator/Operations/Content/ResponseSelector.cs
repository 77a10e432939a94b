using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>Selects the responses of an operation that its method returns, and the JSON among them.</summary>
internal static class ResponseSelector
{
    /// <summary>The responses of success: those of 2xx, else redirects that the document lists, else the one for all statuses.</summary>
    public static List<OperationResponse> Good(OperationDescription operation)
    {
        var good = operation.Responses.Where(response => response.Status[0] == '2').ToList();
        if (good.Count == 0)
            good = operation.Responses.Where(IsRedirect).ToList();
        return good.Count > 0 ? good : operation.Responses.Where(response => response.Status == "default").ToList();
    }

    /// <summary>Whether a response is a redirect.</summary>
    public static bool IsRedirect(OperationResponse response) => response.Status[0] == '3' && !response.IsBodiless;

    /// <summary>The JSON of success, as one schema: different forms are a union. Null where there is none, or nothing is said of it.</summary>
    public static Schema? JsonOf(OperationDescription operation, Func<string, Schema?> find)
    {
        var schemas = new List<Schema>();
        foreach (var content in Good(operation).SelectMany(response => response.Contents).Where(content => IsJson(content, find)))
        {
            if (content.Schema is not { } declared)
                return null;
            var schema = WithoutBytes(declared, find);
            if (!schemas.Exists(other => (schema.Ref is not null && other.Ref == schema.Ref) || ErrorShapes.AreSame(other, schema)))
                schemas.Add(schema);
        }
        if (schemas.Count < 2)
            return schemas.FirstOrDefault();
        var isNullable = schemas.Exists(schema => schema.Nullable);
        return new Schema { Pointer = schemas[0].Pointer, AnyOf = schemas.ToEquatableArray(), Types = isNullable ? SchemaTypes.Null : SchemaTypes.Any };
    }

    /// <summary>The first form of success that describes what comes one after another; null where none does.</summary>
    public static MediaContent? ItemsOf(OperationDescription operation) =>
        Good(operation).SelectMany(response => response.Contents).FirstOrDefault(content => content.Items is not null);

    /// <summary>Whether a response is read as JSON.</summary>
    public static bool IsJson(MediaContent content, Func<string, Schema?> find) => MediaTypes.IsJson(content.MediaType) && !MediaTypes.IsBytes(content, find);

    /// <summary>Whether a response can be bytes: it is neither JSON nor text, or bytes are one of its alternatives.</summary>
    public static bool CanBeBytes(MediaContent content, Func<string, Schema?> find) =>
        MediaTypes.IsBytes(content, find)
        || (!MediaTypes.IsJson(content.MediaType) && !MediaTypes.IsText(content.MediaType))
        || (MediaTypes.IsJson(content.MediaType) && content.Schema is { } schema && Alternatives(schema, find).Any(one => IsBytes(one, find)));

    private static Schema WithoutBytes(Schema schema, Func<string, Schema?> find)
    {
        var alternatives = Alternatives(schema, find);
        var rest = alternatives.Where(one => !IsBytes(one, find)).ToEquatableArray();
        if (rest.Count == alternatives.Count)
            return schema;
        var union = Schemas.Resolve(schema, find);
        return rest.Count == 1 ? rest[0] with { Types = rest[0].Types | (union.Types & SchemaTypes.Null) } : union with { AnyOf = rest };
    }

    private static EquatableArray<Schema> Alternatives(Schema schema, Func<string, Schema?> find) => Schemas.Resolve(schema, find).AnyOf;

    private static bool IsBytes(Schema alternative, Func<string, Schema?> find) => UploadSchemas.IsBinary(Schemas.Resolve(alternative, find));
}
