using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>
/// Finds the errors that operations describe each for itself although they are all the same: documents without named schemas repeat them for every status. What
/// is said in words, and examples, makes no difference.
/// </summary>
internal sealed class ErrorShapes
{
    private readonly Schema? _common;

    public ErrorShapes(IEnumerable<OperationDescription> operations)
    {
        var uses = new Dictionary<Schema, (int Count, Schema First)>();
        foreach (var operation in operations)
        {
            foreach (var shape in ErrorsOf(operation).Select(InlineOf).Where(schema => schema is not null).GroupBy(schema => Strip(schema!)))
                uses[shape.Key] = uses.TryGetValue(shape.Key, out var known) ? (known.Count + 1, known.First) : (1, shape.First()!);
        }
        // Of several that are as frequent the document's first is taken: the order of a dictionary that only grows is that of its filling.
        var most = uses.Where(use => use.Value.Count > 1).OrderByDescending(use => use.Value.Count).FirstOrDefault();
        (_common, First) = (most.Key, most.Value.First);
    }

    /// <summary>The error that most operations have, as its first location describes it; null when no two have the same.</summary>
    public Schema? First { get; }

    /// <summary>Whether a schema is the error that most operations have.</summary>
    public bool IsCommon(Schema schema) => _common is not null && Strip(schema) == _common;

    /// <summary>Whether two describe the same.</summary>
    public static bool AreSame(Schema one, Schema other) => Strip(one) == Strip(other);

    /// <summary>The error responses. The one for all other statuses is what success gives where that has none of its own.</summary>
    public static IEnumerable<OperationResponse> ErrorsOf(OperationDescription operation)
    {
        var hasSuccess = operation.Responses.Any(response => response.Status[0] == '2' || ResponseSelector.IsRedirect(response));
        return operation.Responses.Where(response => response.Status[0] is '4' or '5' || (hasSuccess && response.Status == "default"));
    }

    /// <summary>The schema of a response's JSON; null when it has none or the document does not describe it.</summary>
    public static Schema? JsonOf(OperationResponse response) => response.Contents.FirstOrDefault(content => MediaTypes.IsJson(content.MediaType))?.Schema;

    /// <summary>The object that a response describes by itself, or null.</summary>
    private static Schema? InlineOf(OperationResponse response) => JsonOf(response) is { Ref: null, Properties.Count: > 0 } schema ? schema : null;

    private static Schema Strip(Schema schema) => schema.WithoutProse() with
    {
        Items = schema.Items is { } items ? Strip(items) : null,
        AdditionalProperties = schema.AdditionalProperties is { } members ? Strip(members) : null,
        AnyOf = schema.AnyOf.Select(Strip).ToEquatableArray(),
        Properties = schema.Properties.Select(property => property with { Schema = Strip(property.Schema) }).ToEquatableArray(),
    };
}
