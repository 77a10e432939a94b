using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Operations.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Settles the names and types of one operation. What it has of its own is nested in its class.</summary>
internal sealed class OperationBinder
{
    /// <summary>The names of the other parameters and of the variables in a method; in loops inside each other those have numbers.</summary>
    private static readonly HashSet<string> MethodNames = new(
        ["Body", "Parameters", "Options", "CancellationToken", "Call", "Context", "Given", .. ConstraintEmitter.Variables], StringComparer.OrdinalIgnoreCase);

    private static readonly char[] Digits = [.. "0123456789"];

    private readonly NamedOperation _named;
    private readonly OperationDescription _operation;
    private readonly SharedTypes _shared;
    private readonly ErrorShapes _shapes;
    private readonly ApiKeys _keys;
    private readonly Action<ProblemKind, string, string[]> _report;
    private readonly TypeBinder _types;
    private readonly string _key;
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);
    private MediaContent? _content;

    public OperationBinder(
        NamedOperation named, string className, string apiName, SharedTypes shared, ErrorShapes shapes, ApiKeys keys, LockedNames locked, Action<ProblemKind, string, string[]> report,
        Action<string, string> reportLock)
    {
        _named = named;
        _operation = named.Operation;
        _shared = shared;
        _shapes = shapes;
        _keys = keys;
        _report = report;
        _key = NameKeys.Operation(_operation);
        _types = new TypeBinder(new TypeScope
        {
            Kind = ScopeKind.Operation,
            Class = className,
            Reserved = apiName,
            Provider = "",
            Find = shared.Find,
            Shared = shared.Import,
            InputSchemas = _inputs,
            Locked = locked,
            Report = report,
            ReportLock = reportLock,
        });
    }

    /// <summary>Binds.</summary>
    /// <param name="streamName">The name of the method for the second form of an answer.</param>
    /// <param name="cancellationToken">Stops.</param>
    public BoundOperation Bind(string streamName, CancellationToken cancellationToken)
    {
        var arguments = BindArguments();
        var fields = BindParameters();
        var body = BindBody();
        var answers = new ResponseBinder(_operation, _types, _shared, _key, _report).Bind(_named.Name, streamName);
        var errors = BindErrors();
        var types = _types.Finish(cancellationToken);
        var parameters = types.Objects.FirstOrDefault(one => one.Key == _key + NameKeys.Parameters);
        var form = types.Objects.FirstOrDefault(one => one.Key == _key + NameKeys.Body);
        if (body is { Kind: BodyKind.Multipart or BodyKind.UrlEncoded } && form is not null)
            body = body with { Form = new(form, FieldsOf(form)) };
        var isForm = body?.Form is not null;
        return new BoundOperation
        {
            Key = _key,
            Name = _named.Name,
            Method = _operation.Method,
            Path = PathOf(arguments),
            Arguments = arguments.ToEquatableArray(),
            Body = body,
            Parameters = parameters is null ? null : new(parameters, parameters.Properties.Select(property => FieldOf(fields[property.JsonName])).ToEquatableArray()),
            Types = types with
            {
                Objects = types.Objects.Where(one => one != parameters && !(isForm && one == form)).ToEquatableArray(),
                Imported = _shared.Facts(UsedTypes.Of(types, arguments, body, answers, errors)),
            },
            Answers = answers,
            Errors = errors,
            Server = _operation.Server,
            IsAnonymous = _keys.IsAnonymous(_operation),
            IsKeyOptional = _keys.Key is not null && _operation.KeyOptional,
            IsRedirect = ResponseSelector.Good(_operation) is { Count: > 0 } good && good.TrueForAll(ResponseSelector.IsRedirect),
            HasNotModified = _operation.Responses.Any(response => response.Status is "304" or "3XX"),
            Summary = _operation.Summary ?? "",
            Description = (_operation.Description ?? "") + (_operation.Deprecated ? " Deprecated by the provider." : ""),
        };
    }

    private List<BoundArgument> BindArguments()
    {
        var names = new NameScope([]);
        var arguments = new List<BoundArgument>();
        var templates = PathTemplates.Of(_operation.Address).Where(piece => piece.IsParameter).Select(piece => piece.Text);
        foreach (var template in templates.Distinct(StringComparer.Ordinal))
        {
            var parameter = _operation.Parameters.First(one => one.Location == ParameterLocation.Path && one.Name == template);
            var wanted = Identifiers.Of(template, "Value");
            var name = names.Reserve(MethodNames.Contains(wanted.TrimEnd(Digits)) ? wanted + "Value" : wanted, "Value");
            var type = _types.Bind(parameter.Schema, Slot(parameter.Name, name, ObjectRole.Input, parameter.Schema));
            var (checks, items) = _types.BindChecks(parameter.Schema, type, parameter.Name);
            arguments.Add(new BoundArgument
            {
                JsonName = parameter.Name,
                Name = Identifiers.Camel(name),
                Type = type,
                Parameter = parameter,
                Summary = Summaries.OfProperty(parameter.Name, Schemas.Resolve(parameter.Schema, _shared.Find), parameter.Schema, type),
                Constraints = checks,
                ItemConstraints = items,
            });
        }
        return arguments;
    }

    /// <summary>Queues what is neither in the path nor in the body; gives it by the names of the properties.</summary>
    private Dictionary<string, OperationParameter> BindParameters()
    {
        var fields = new Dictionary<string, OperationParameter>(StringComparer.Ordinal);
        var properties = new List<SchemaProperty>();
        foreach (var parameter in _operation.Parameters.Where(one => one.Location != ParameterLocation.Path))
        {
            if (_keys.IsKey(parameter))
            {
                _report(GeneratorProblems.KeyParameter, parameter.Schema.Pointer, [parameter.Name]);
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
            AddForm(OperationTypes.Parameters, NameKeys.Parameters, new Schema
            {
                Pointer = _operation.Pointer,
                Types = SchemaTypes.Object,
                Properties = properties.ToEquatableArray(),
                Description = Describe(fields.Values),
            });
        }
        return fields;
    }

    private string Describe(IEnumerable<OperationParameter> parameters)
    {
        var places = new[] { (ParameterLocation.Query, "query"), (ParameterLocation.Header, "headers"), (ParameterLocation.Cookie, "cookies") };
        var used = places.Where(place => parameters.Any(parameter => parameter.Location == place.Item1)).Select(place => place.Item2).ToList();
        return "The " + string.Join(" and ", used) + " of " + _named.Name + "Async.";
    }

    private BoundBody? BindBody()
    {
        if (_operation.Body is not { } body)
            return null;
        if (BodySelector.Choose(body, _shared.Find) is not { } content)
            return Whole(body, body.Pointer, "*/*", body.Contents.Count == 0 ? "without a media type" : "of no media type that can be sent");
        // Media types that differ by their parameters alone are one form where they describe the same.
        foreach (var other in body.Contents.Where(other => other != content && !IsSameForm(other, content)))
            _report(GeneratorProblems.BodyFormLeftOut, other.Pointer, [_key, content.FullType, other.FullType]);
        var kind = BodySelector.KindOf(content, _shared.Find);
        var schema = content.Schema ?? new Schema { Pointer = content.Pointer };
        var resolved = Schemas.Resolve(schema, _shared.Find);
        var bound = new BoundBody
        {
            Kind = kind,
            MediaType = BodySelector.MediaTypeOf(content, kind),
            Required = body.Required,
            Type = TypeRef.Raw,
            Summary = DocumentText.Shorten(schema.Description ?? resolved.Description ?? "What is sent.", 160),
        };
        switch (kind)
        {
            case BodyKind.Multipart or BodyKind.UrlEncoded:
                // A form that can have no parts is none.
                if (resolved is { Properties.Count: 0, Closed: true })
                    return null;
                var parts = MultipartSchemas.Of(schema, _shared.Find);
                if (parts.Properties.Count == 0)
                    return Whole(body, content.Pointer, kind == BodyKind.Multipart ? "*/*" : content.MediaType, "a form of which the document describes no parts");
                _content = content;
                var form = parts with { Description = resolved.Description ?? "What " + _named.Name + "Async sends." };
                if (MultipartSchemas.IsJoined(schema, _shared.Find))
                    _report(GeneratorProblems.LimitNotChecked, content.Pointer, [_key, "which parts of its form belong together"]);
                AddForm(OperationTypes.Body, NameKeys.Body, form, hasFiles: kind == BodyKind.Multipart);
                return bound with { Type = new TypeRef(TypeKind.Object, OperationTypes.Body) };
            case BodyKind.Binary:
                return bound with { Type = TypeRef.Upload };
            case BodyKind.Text:
                var (limits, none) = _types.BindChecks(schema, TypeRef.String, "body");
                return bound with { Type = TypeRef.String, Constraints = limits, ItemConstraints = none };
            default:
                var type = content.Schema is null ? TypeRef.Raw : _types.BindRoot(schema, _key + NameKeys.Body, OperationTypes.Body, ObjectRole.Input);
                var (checks, items) = _types.BindChecks(schema, type, "body");
                return bound with { Type = body.Required && resolved.Nullable ? type.OrNull() : type, Constraints = checks, ItemConstraints = items };
        }
    }

    private static bool IsSameForm(MediaContent one, MediaContent other) =>
        one.MediaType == other.MediaType && (one.Schema is { } first && other.Schema is { } second ? ErrorShapes.AreSame(first, second) : one.Schema == other.Schema);

    /// <summary>A body of which the document does not say enough: the caller gives all of it, with its media type.</summary>
    private BoundBody Whole(OperationBody body, string pointer, string mediaType, string what)
    {
        _report(GeneratorProblems.BodyLeftOut, pointer, [_key, what]);
        return new BoundBody
        {
            Kind = BodyKind.Binary,
            MediaType = mediaType,
            Required = body.Required,
            Type = TypeRef.Upload,
            Summary = "What is sent, as it is and with its media type: the document does not describe it.",
        };
    }

    private static BoundField FieldOf(OperationParameter parameter) => new(parameter.Name, parameter, null);

    private EquatableArray<BoundField> FieldsOf(BoundObject form) =>
        form.Properties.Select(property => new BoundField(property.JsonName, null, PartType(property), _content!.PartStyles.FirstOrDefault(style => style.Name == property.JsonName))).ToEquatableArray();

    /// <summary>The media type of a part; null where what is written there cannot have it: values with members are JSON.</summary>
    private string? PartType(BoundProperty property)
    {
        if (_content!.PartTypes.FirstOrDefault(part => part.Name == property.JsonName) is not { } part || !MediaTypes.IsWellFormed(part.Text))
            return null;
        var type = property.Type.Kind == TypeKind.List ? property.Type.Item! : property.Type;
        if (type.Kind is not (TypeKind.Object or TypeKind.Map or TypeKind.List) || MediaTypes.IsJson(part.Text))
            return part.Text;
        _report(Problems.NotGenerated, _content.Pointer, [property.JsonName + " as " + part.Text]);
        return null;
    }

    private EquatableArray<BoundError> BindErrors()
    {
        var errors = new List<BoundError>();
        var own = new List<(Schema Schema, TypeRef Type)>();
        var responses = ErrorShapes.ErrorsOf(_operation).ToList();
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
        if (schema.Ref is null && _shapes.IsCommon(schema))
            return _shared.Error;
        if (schema.Ref is null && own.Find(one => ErrorShapes.AreSame(one.Schema, schema)) is { Type: { } known })
            return known;
        var suffix = own.Count == 0 ? "" : char.ToUpperInvariant(status[0]) + status.Substring(1).ToLowerInvariant();
        var type = _types.BindRoot(schema, _key + NameKeys.Error + suffix, OperationTypes.Error + suffix, ObjectRole.Output);
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

    private EquatableArray<PathPiece> PathOf(List<BoundArgument> arguments) => PathTemplates.Of(_operation.Address)
        .Select(piece => new PathPiece(piece.Text, piece.IsParameter ? arguments.FindIndex(argument => argument.JsonName == piece.Text) : -1))
        .ToEquatableArray();

    private void AddForm(string name, string key, Schema schema, bool hasFiles = false) =>
        _types.Add(new(name, _key + key, ObjectRole.Input, schema, IsRoot: true, IsForm: true, HasFiles: hasFiles));

    private TypeContext Slot(string jsonName, string name, ObjectRole role, Schema schema) =>
        new(new PendingObject("", _key + NameKeys.Path, role, schema, IsRoot: true), jsonName, name, schema.Description);
}
