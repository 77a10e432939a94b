using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Settles the names and types of one operation. What it has of its own is nested in its class.</summary>
internal sealed class OperationBinder(OperationContext context)
{
    /// <summary>The names of the other parameters and of the variables in a method; in loops inside each other those have numbers.</summary>
    private static readonly HashSet<string> _methodNames = new(
        ["Body", "Parameters", "Options", "CancellationToken", "Call", "Context", "Given", .. ConstraintEmitter.Variables], StringComparer.OrdinalIgnoreCase);

    private static readonly char[] _digits = [.. "0123456789"];

    /// <summary>Settles the names and types.</summary>
    /// <param name="streamName">The name of the method for the second form of a response.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public BoundOperation Bind(string streamName, CancellationToken cancellationToken)
    {
        var arguments = BindArguments();
        var fields = BindParameters();
        var bodies = new BodyBinder(context);
        var body = bodies.Bind();
        var responses = new ResponseBinder(context).Bind(context.Name, streamName);
        var errors = new ErrorBinder(context).Bind();
        var types = context.Types.Finish(cancellationToken);
        var parameters = types.Objects.FirstOrDefault(one => one.Key == context.Key + NameKeys.Parameters);
        var form = types.Objects.FirstOrDefault(one => one.Key == context.Key + NameKeys.Body);
        if (body is { Kind: BodyKind.Multipart or BodyKind.UrlEncoded } && form is not null)
            body = body with { Form = new(form, bodies.FieldsOf(form)) };
        var isForm = body?.Form is not null;
        return new BoundOperation
        {
            Key = context.Key,
            Name = context.Name,
            Method = context.Operation.Method,
            Path = PathOf(arguments),
            Arguments = arguments.ToEquatableArray(),
            Body = body,
            Parameters = parameters is null ? null : new(parameters, FieldsOf(parameters, fields)),
            Types = types with
            {
                Objects = types.Objects.Where(one => one != parameters && !(isForm && one == form)).ToEquatableArray(),
                Imported = context.Api.Types.Facts(UsedTypes.Of(types, arguments, body, responses, errors)),
            },
            Responses = responses,
            Errors = errors,
            Paging = PagingOf(responses[0], body, types),
            Server = context.Operation.Server,
            IdempotencyHeader = IdempotencyHeader(),
            IsAnonymous = context.Api.Keys.IsAnonymous(context.Operation),
            IsKeyOptional = context.Api.Keys.Key is not null && context.Operation.KeyOptional,
            IsRedirect = ResponseSelector.Good(context.Operation) is { Count: > 0 } good && good.TrueForAll(ResponseSelector.IsRedirect),
            HasNotModified = context.Operation.Responses.Any(response => response.Status is "304" or "3XX"),
            Summary = context.Operation.Summary ?? "",
            Description = (context.Operation.Description ?? "") + (context.Operation.Deprecated == true ? " Deprecated by the provider." : ""),
            Deprecation = Deprecations.MessageOf(
                context.Operation.Deprecated, context.Operation.DeprecationNote, context.Operation.Description ?? context.Operation.Summary),
        };
    }

    /// <summary>Only a key that any text is can be made.</summary>
    private string? IdempotencyHeader() => context.Operation.Method is "GET" or "HEAD" or "QUERY"
        ? null
        : context.Operation.Parameters.FirstOrDefault(one => one.Location == ParameterLocation.Header
            && one.Name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase)
            && context.Resolve(one.Schema) is { Types: SchemaTypes.String, Enum.Count: 0, Pattern: null })?.Name;

    /// <summary>Pages are objects, and what asks for them can be sent again for each.</summary>
    private BoundPaging? PagingOf(BoundResponse response, BoundBody? body, BoundTypes types)
    {
        if (response is not { Kind: ResponseKind.Json, Type: { Kind: TypeKind.Object } type } || body is { Kind: not BodyKind.Json })
            return null;
        var objects = type.Owner.Length > 0 ? context.Api.Types.Types.Objects : types.Objects;
        return objects.FirstOrDefault(one => one.Name == type.Name) is { } page && ResponseSelector.JsonOf(context.Operation, context.Find) is { } schema
            ? new PagingBinder(context.Operation, page, context.Resolve(schema), context.Api.Keys.IsKey, context.Resolve).Find()
            : null;
    }

    private List<BoundArgument> BindArguments()
    {
        var names = new NameScope([]);
        var arguments = new List<BoundArgument>();
        var templates = PathTemplates.Of(context.Operation.Address).Where(piece => piece.IsParameter).Select(piece => piece.Text);
        foreach (var template in templates.Distinct(StringComparer.Ordinal))
        {
            var parameter = context.Operation.Parameters.First(one => one.Location == ParameterLocation.Path && one.Name == template);
            var wanted = Identifiers.Of(template, "Value");
            var name = names.Reserve(_methodNames.Contains(wanted.TrimEnd(_digits)) ? wanted + "Value" : wanted, "Value");
            var type = context.Types.Bind(parameter.Schema, Slot(parameter.Name, name, ObjectRole.Input, parameter.Schema));
            var (checks, items) = context.Types.BindChecks(parameter.Schema, type, parameter.Name);
            arguments.Add(new BoundArgument
            {
                JsonName = parameter.Name,
                Name = Identifiers.Camel(name),
                Type = type,
                Parameter = parameter,
                Summary = SummaryOf(parameter, type),
                Constraints = checks,
                ItemConstraints = items,
            });
        }
        return arguments;
    }

    private string SummaryOf(OperationParameter parameter, TypeRef type)
    {
        var summary = Summaries.OfProperty(parameter.Name, context.Resolve(parameter.Schema), parameter.Schema, type);
        if (!parameter.IsMultiSegment)
            return summary;
        return summary + (type.Kind == TypeKind.List ? " Each item is a segment of the path." : " Slashes in it separate segments of the path.");
    }

    /// <summary>Queues what is neither in the path nor in the body; gives it by the names of the properties.</summary>
    private Dictionary<string, OperationParameter> BindParameters()
    {
        var fields = new Dictionary<string, OperationParameter>(StringComparer.Ordinal);
        var properties = new List<SchemaProperty>();
        foreach (var parameter in context.Operation.Parameters.Where(one => one.Location != ParameterLocation.Path))
        {
            if (context.Api.Keys.IsKey(parameter))
            {
                context.Report(GeneratorProblems.KeyParameter, parameter.Schema.Pointer, parameter.Name);
                continue;
            }
            // A query parameter and a header can have one name.
            var name = fields.ContainsKey(parameter.Name) ? parameter.Name + " " + parameter.Location.ToString().ToLowerInvariant() : parameter.Name;
            if (fields.ContainsKey(name))
                continue;
            fields.Add(name, parameter);
            properties.Add(new(name, parameter.Schema, parameter.Required));
        }
        if (properties.Count > 0)
        {
            context.AddForm(OperationTypes.Parameters, NameKeys.Parameters, new Schema
            {
                Pointer = context.Operation.Pointer,
                Types = SchemaTypes.Object,
                Properties = properties.ToEquatableArray(),
                Description = Describe(fields.Values),
            });
        }
        return fields;
    }

    private string Describe(IEnumerable<OperationParameter> parameters)
    {
        var locations = new[] { ParameterLocation.Query, ParameterLocation.Header, ParameterLocation.Cookie }
            .Where(location => parameters.Any(parameter => parameter.Location == location))
            .Select((location, index) => index == 0 ? location.ToString() : location.ToString().ToLowerInvariant())
            .ToList();
        var all = string.Join(", ", locations.Take(Math.Max(1, locations.Count - 1)));
        return all + (locations.Count > 1 ? " and " + locations[locations.Count - 1] : "") + " parameters of " + context.Name + "Async.";
    }

    private static EquatableArray<BoundField> FieldsOf(BoundObject parameters, Dictionary<string, OperationParameter> fields) => parameters.Properties
        .Select(property => fields[property.JsonName])
        .Select(parameter => new BoundField(parameter.Name, parameter, null))
        .ToEquatableArray();

    private EquatableArray<PathPiece> PathOf(List<BoundArgument> arguments) => PathTemplates.Of(context.Operation.Address)
        .Select(piece => new PathPiece(piece.Text, piece.IsParameter ? arguments.FindIndex(argument => argument.JsonName == piece.Text) : -1))
        .ToEquatableArray();

    private TypeContext Slot(string jsonName, string name, ObjectRole role, Schema schema) =>
        new(new PendingObject("", context.Key + NameKeys.Path, role, schema, IsRoot: true), jsonName, name, schema.Description);
}
