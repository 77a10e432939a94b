using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Settles what an operation gives: JSON is typed, text is read, everything else is left to the caller.</summary>
internal sealed class AnswerBinder(OperationDescription operation, TypeBinder types, SharedTypes shared, string key, Action<ProblemKind, string, string[]> report)
{
    /// <summary>The answers, one a method.</summary>
    public EquatableArray<BoundAnswer> Bind(string method, string streamMethod)
    {
        var good = Good(operation);
        var contents = good.SelectMany(response => response.Contents).ToList();
        var summary = Literals.Shorten(good.FirstOrDefault(response => response.Contents.Count > 0)?.Description ?? "", 160);
        var json = contents.FindAll(content => MediaForms.IsJson(content.MediaType));
        var texts = contents.FindAll(content => MediaForms.IsText(content.MediaType));
        var streams = contents.FindAll(content => !json.Contains(content) && !texts.Contains(content));
        if (json.Count > 0)
        {
            foreach (var text in texts)
                report(GeneratorProblems.AnswerFormLeftOut, text.Pointer, [key, text.MediaType]);
            var schema = JsonOf(operation);
            var type = TypeOf(schema);
            var isMaybe = schema is { Nullable: true } || good.Exists(response => response.Contents.Count == 0);
            var first = new BoundAnswer(isMaybe ? AnswerKind.Maybe : AnswerKind.Json, method, type, AcceptOf(json, MediaForms.Json), summary);
            return streams.Count == 0 ? new([first]) : new([first, new BoundAnswer(AnswerKind.Stream, streamMethod, TypeRef.Raw, AcceptOf(streams, null), summary)]);
        }
        if (streams.Count > 0)
            return new([new BoundAnswer(AnswerKind.Stream, method, TypeRef.Raw, AcceptOf([.. streams, .. texts], null), summary)]);
        return new([new BoundAnswer(texts.Count > 0 ? AnswerKind.Text : AnswerKind.None, method, TypeRef.Raw, AcceptOf(texts, null), summary)]);
    }

    /// <summary>What the JSON of success is, as one schema: different forms are a union. Null where there is none, or nothing is said of it.</summary>
    public static Schema? JsonOf(OperationDescription operation)
    {
        var schemas = new List<Schema>();
        foreach (var content in Good(operation).SelectMany(response => response.Contents).Where(content => MediaForms.IsJson(content.MediaType)))
        {
            if (content.Schema is not { } schema)
                return null;
            if (!schemas.Exists(other => (schema.Ref is not null && other.Ref == schema.Ref) || ErrorShapes.AreSame(other, schema)))
                schemas.Add(schema);
        }
        if (schemas.Count < 2)
            return schemas.FirstOrDefault();
        var isNullable = schemas.Exists(schema => schema.Nullable);
        return new Schema { Pointer = schemas[0].Pointer, AnyOf = schemas.ToEquatableArray(), Types = isNullable ? SchemaTypes.Null : SchemaTypes.Any };
    }

    private static List<OperationResponse> Good(OperationDescription operation)
    {
        // What a document describes is the answer to GET then: this one has no body.
        if (operation.Method == "HEAD")
            return [];
        var good = operation.Responses.Where(response => response.Status[0] == '2').ToList();
        return good.Count > 0 ? good : operation.Responses.Where(response => response.Status == "default").ToList();
    }

    private TypeRef TypeOf(Schema? schema) => schema is null
        ? TypeRef.Raw
        : shared.UnionOf(schema) ?? types.BindRoot(schema, key + NameKeys.Result, OperationTypes.Result, ObjectRole.Output);

    /// <summary>The media types to ask for; null where that is the usual one.</summary>
    private static string? AcceptOf(List<MediaContent> contents, string? usual)
    {
        var types = contents.Select(content => content.MediaType).Where(MediaForms.IsWellFormed).Distinct(StringComparer.Ordinal).ToList();
        return types.Count == 0 || (types.Count == 1 && types[0] == usual) ? null : string.Join(", ", types);
    }
}
