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
        var own = new List<(Schema Schema, TypeRef Type)>();
        var responses = ErrorShapes.ErrorsOf(context.Operation).ToList();
        foreach (var response in responses)
        {
            if (ErrorShapes.JsonOf(response) is not { } schema || TypeOfError(schema, response.Status, own) is not { } type)
                continue;
            var (from, to) = Statuses(response.Status);
            errors.Add(new(from, to, type));
        }
        // Where all errors are one type, so are those that the document does not list; one that it lists without a form may have any.
        var isUniform = errors.Count > 0 && errors.Count == responses.Count && errors.TrueForAll(error => error.Type == errors[0].Type);
        return isUniform ? new([new(400, 599, errors[0].Type)]) : errors.ToEquatableArray();
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
