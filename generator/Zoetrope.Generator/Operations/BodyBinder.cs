using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Settles what an operation sends as its body.</summary>
internal sealed class BodyBinder(OperationContext context)
{
    private MediaContent? _content;

    /// <summary>The body; null where nothing is sent.</summary>
    public BoundBody? Bind()
    {
        if (context.Operation.Body is not { } body)
            return null;
        if (BodySelector.Choose(body, context.Find) is not { } content)
            return Whole(body, body.Pointer, "*/*", body.Contents.Count == 0 ? "without a media type" : "of no media type that can be sent");
        // Media types that differ by their parameters alone are one form where they describe the same.
        foreach (var other in body.Contents.Where(other => other != content && !IsSameForm(other, content)))
            context.Report(GeneratorProblems.BodyFormLeftOut, other.Pointer, context.Key, content.FullType, other.FullType);
        var kind = BodySelector.KindOf(content, context.Find);
        var schema = content.Schema ?? new Schema { Pointer = content.Pointer };
        var resolved = context.Resolve(schema);
        var bound = new BoundBody
        {
            Kind = kind,
            MediaType = BodySelector.MediaTypeOf(content, kind),
            Required = body.Required,
            Type = TypeRef.Raw,
            Summary = DocumentText.Shorten(schema.Description ?? resolved.Description ?? "The request body.", 160),
        };
        switch (kind)
        {
            case BodyKind.Multipart or BodyKind.UrlEncoded:
                // A form that can have no parts is none.
                if (resolved is { Properties.Count: 0, Closed: true })
                    return null;
                var parts = MultipartSchemas.Of(schema, context.Find);
                if (parts.Properties.Count == 0)
                {
                    var mediaType = kind == BodyKind.Multipart ? "*/*" : content.MediaType;
                    return Whole(body, content.Pointer, mediaType, "a form of which the document describes no parts");
                }
                _content = content;
                var form = parts with { Description = resolved.Description ?? "Request body of " + context.Name + "Async." };
                if (MultipartSchemas.IsJoined(schema, context.Find))
                    context.Report(GeneratorProblems.LimitNotChecked, content.Pointer, context.Key, "which parts of its form belong together");
                context.AddForm(OperationTypes.Body, NameKeys.Body, form, hasFiles: kind == BodyKind.Multipart);
                return bound with { Type = new TypeRef(TypeKind.Object, OperationTypes.Body) };
            case BodyKind.Binary:
                return bound with { Type = TypeRef.Upload };
            case BodyKind.Text:
                var (limits, none) = context.Types.BindChecks(schema, TypeRef.String, "body");
                return bound with { Type = TypeRef.String, Constraints = limits, ItemConstraints = none };
            default:
                var type = content.Schema is null
                    ? TypeRef.Raw
                    : context.Types.BindRoot(schema, context.Key + NameKeys.Body, OperationTypes.Body, ObjectRole.Input);
                var (checks, items) = context.Types.BindChecks(schema, type, "body");
                return bound with { Type = body.Required && resolved.Nullable ? type.OrNull() : type, Constraints = checks, ItemConstraints = items };
        }
    }

    private static bool IsSameForm(MediaContent one, MediaContent other) =>
        one.MediaType == other.MediaType && AreSame(one.Schema, other.Schema);

    private static bool AreSame(Schema? one, Schema? other) => one is null || other is null ? one == other : ErrorShapes.AreSame(one, other);

    /// <summary>A body of which the document does not say enough: the caller gives all of it, with its media type.</summary>
    private BoundBody Whole(OperationBody body, string pointer, string mediaType, string what)
    {
        context.Report(GeneratorProblems.BodyLeftOut, pointer, context.Key, what);
        return new BoundBody
        {
            Kind = BodyKind.Binary,
            MediaType = mediaType,
            Required = body.Required,
            Type = TypeRef.Upload,
            Summary = "The request body as it is, with its media type: the specification does not describe it.",
        };
    }

    /// <summary>The parts of a form, once its class is bound.</summary>
    public EquatableArray<BoundField> FieldsOf(BoundObject form) => form.Properties
        .Select(property => new BoundField(property.JsonName, null, PartType(property), StyleOf(property.JsonName)))
        .ToEquatableArray();

    private PartStyle? StyleOf(string part) => _content!.PartStyles.FirstOrDefault(style => style.Name == part);

    /// <summary>The media type of a part; null where what is written there cannot have it: values with members are JSON.</summary>
    private string? PartType(BoundProperty property)
    {
        if (_content!.PartTypes.FirstOrDefault(part => part.Name == property.JsonName) is not { } part || !MediaTypes.IsWellFormed(part.Text))
            return null;
        var type = property.Type.Kind == TypeKind.List ? property.Type.Item! : property.Type;
        if (type.Kind is not (TypeKind.Object or TypeKind.Map or TypeKind.List) || MediaTypes.IsJson(part.Text))
            return part.Text;
        context.Report(Problems.NotGenerated, _content.Pointer, property.JsonName + " as " + part.Text);
        return null;
    }
}
