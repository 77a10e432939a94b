using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>Goes through the schemas of operations that are generated: parameters, the body that is sent, JSON that comes.</summary>
/// <param name="find">Finds named schemas.</param>
/// <param name="isLeft">Whether the schema of an error is left as it is.</param>
internal sealed class InlineOperations(Func<string, Schema?> find, Func<Schema, bool> isLeft)
{
    /// <summary>The operation with its schemas replaced.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="name">Its name.</param>
    /// <param name="replace">Returns the replacement of a schema.</param>
    public OperationDescription Replace(OperationDescription operation, string name, Func<Schema, InlineSlot, ObjectRole, Schema> replace)
    {
        var key = NameKeys.Operation(operation);
        var around = new InlineSlot(name, null, key, key);
        var firstError = ErrorShapes.ErrorsOf(operation).FirstOrDefault(
            response => ErrorShapes.JsonOf(response) is { Ref: null, Properties.Count: > 0 } error && !isLeft(error));
        return operation with
        {
            Parameters = operation.Parameters.Select(parameter => parameter with
            {
                Schema = replace(
                    parameter.Schema,
                    Whole(around, "", parameter.Location == ParameterLocation.Path ? NameKeys.Path : NameKeys.Parameters).Member(parameter.Name),
                    ObjectRole.Input),
            }).ToEquatableArray(),
            Body = operation.Body is { } body && BodySelector.Choose(body, find) is { Schema: { } schema } chosen
                ? Replace(body, schema, Body(chosen, schema, around, replace))
                : operation.Body,
            Responses = operation.Responses.Select(response => response with
            {
                Contents = response.Contents
                    .Select(content => Replace(content, response, operation, around, response == firstError, replace))
                    .ToEquatableArray(),
            }).ToEquatableArray(),
        };
    }

    /// <summary>A form is the operation's own; its parts are values.</summary>
    private static Schema Body(MediaContent content, Schema schema, InlineSlot around, Func<Schema, InlineSlot, ObjectRole, Schema> replace)
    {
        if (!BodySelector.IsForm(content))
            return replace(schema, Whole(around, OperationTypes.Body, NameKeys.Body), ObjectRole.Input);
        // Files are recognized by what a part says itself.
        return schema.Ref is not null || content.MediaType == MediaTypes.Multipart ? schema : schema with
        {
            Properties = schema.Properties.Select(property => property with
            {
                Schema = replace(property.Schema, Whole(around, OperationTypes.Body, NameKeys.Body).Member(property.Name), ObjectRole.Input)
            }).ToEquatableArray(),
        };
    }

    /// <summary>Other media types of a body often describe the same.</summary>
    private static OperationBody Replace(OperationBody body, Schema schema, Schema replaced) => body with
    {
        Contents = body.Contents
            .Select(content => content.Schema is { } own && ErrorShapes.AreSame(own, schema) ? content with { Schema = replaced } : content)
            .ToEquatableArray(),
    };

    private MediaContent Replace(
        MediaContent content, OperationResponse response, OperationDescription operation, InlineSlot around, bool isFirstError,
        Func<Schema, InlineSlot, ObjectRole, Schema> replace)
    {
        if (content.Schema is not { } schema || !ResponseSelector.IsJson(content, find))
            return content;
        var isError = ErrorShapes.ErrorsOf(operation).Contains(response);
        if (isError && (isLeft(schema) || content != response.Contents.First(one => MediaTypes.IsJson(one.MediaType))))
            return content;
        var slot = isError
            ? new InlineSlot(
                OperationTypes.Error + response.Status,
                around,
                around.Key + NameKeys.Error + (isFirstError ? "" : response.Status),
                response.Status)
            { IsOfError = true }
            : Whole(around, OperationTypes.Result, NameKeys.Result);
        return content with { Schema = replace(schema, slot, ObjectRole.Output) };
    }

    private static InlineSlot Whole(InlineSlot around, string name, string key) => new(name, around, around.Key + key, key) { IsWhole = true };
}
