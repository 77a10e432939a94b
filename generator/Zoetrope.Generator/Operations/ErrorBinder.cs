using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Settles the types of an operation's errors.</summary>
internal sealed class ErrorBinder(OperationContext context)
{
    /// <summary>The errors, each for the statuses that it comes with.</summary>
    public EquatableArray<BoundError> Bind()
    {
        var errors = new List<BoundError>();
        var untyped = new List<BoundError>();
        var own = new List<(Schema Schema, TypeRef Type)>();
        var responses = ErrorShapes.ErrorsOf(context.Operation).ToList();
        foreach (var response in responses)
        {
            var type = ErrorShapes.JsonOf(response) is { } schema ? TypeOfError(schema, response.Status, own) : null;
            var (from, to) = Statuses(response.Status);
            (type is null ? untyped : errors).Add(new(from, to, type));
        }
        // Where all errors are one type, so are those that the document does not list; one that it lists without a form may have any.
        if (errors.Count > 0 && untyped.Count == 0 && errors.TrueForAll(error => error.Type == errors[0].Type))
            return new([new(400, 599, errors[0].Type)]);
        // What is meant for the other statuses is not meant for one that is listed.
        return errors.Concat(untyped.Where(one => errors.Exists(error => error.From <= one.From && one.To <= error.To))).ToEquatableArray();
    }

    private TypeRef? TypeOfError(Schema schema, string status, List<(Schema Schema, TypeRef Type)> own)
    {
        if (schema.Ref is null && schema.Properties.Count == 0)
            return null;
        if (schema.Ref is null && context.Api.Errors.IsCommon(schema))
            return context.Api.Types.Error;
        if (schema.Ref is null && own.Find(one => ErrorShapes.AreSame(one.Schema, schema)) is { Type: { } known })
            return known;
        var suffix = own.Count == 0 ? "" : char.ToUpperInvariant(status[0]) + status.Substring(1).ToLowerInvariant();
        var type = context.Types.BindRoot(schema, context.Key + NameKeys.Error + suffix, OperationTypes.Error + suffix, ObjectRole.Output);
        if (type.Kind != TypeKind.Object)
            return null;
        if (schema.Ref is null)
            own.Add((schema, type));
        return type;
    }

    private static (int From, int To) Statuses(string status)
    {
        if (status == "default")
            return (400, 599);
        var first = (status[0] - '0') * 100;
        if (status.EndsWith("XX", StringComparison.Ordinal))
            return (first, first + 99);
        var exact = first + ((status[1] - '0') * 10) + status[2] - '0';
        return (exact, exact);
    }
}
