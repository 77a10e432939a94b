using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes one operation: its methods on the client, and its class.</summary>
internal sealed class OperationEmitter(SourceWriter writer, ApiClass api, BoundOperation operation)
{
    private static readonly string[] StandardMethods = ["Get", "Put", "Post", "Delete", "Options", "Head", "Patch", "Trace"];

    private readonly ConstraintEmitter _constraints = new(writer, operation.Types, Owner(api, operation));
    private readonly string _owner = Owner(api, operation);

    /// <summary>How a parameter is written where that is not the usual way of its location, as arguments.</summary>
    public static string Style(OperationParameter parameter)
    {
        var isForm = parameter.Location is ParameterLocation.Query or ParameterLocation.Cookie;
        var usual = isForm ? ParameterStyle.Form : ParameterStyle.Simple;
        var text = parameter.Style == usual ? "" : $", style: {CallParameterStyle}.{parameter.Style}";
        if (parameter.Explode != isForm)
            text += parameter.Explode ? ", explode: true" : ", explode: false";
        return parameter is { AllowReserved: true, Location: ParameterLocation.Query } ? text + ", allowReserved: true" : text;
    }

    /// <summary>Writes the operation.</summary>
    public void Emit()
    {
        using (writer.Block($"public partial class {Identifiers.Escape(api.Client)}"))
        {
            foreach (var response in operation.Responses)
            {
                writer.Separate();
                EmitMethod(response);
            }
        }
        if (operation.HasTypes)
            EmitTypes();
    }

    private void EmitTypes()
    {
        using var ofApi = writer.Block($"""

            public static partial class {Identifiers.Escape(api.Name)}
            """);
        using var ofOperation = writer.Block($"""
            /// <summary>Request and response types of <see cref="{api.ClientInFull}.{operation.Responses[0].Method}Async"/>.</summary>
            {SourceHeader.Attribute}
            public static partial class {Identifiers.Escape(operation.Types.Owner)}
            """);
        if (operation.Parameters is { } parameters)
            new CallMembersEmitter(writer, operation.Types, parameters, BodyKind.UrlEncoded).Emit();
        if (operation.Body is { Form: { } form } body)
        {
            writer.Separate();
            new CallMembersEmitter(writer, operation.Types, form, body.Kind).Emit();
        }
        TypesEmitter.Emit(writer, operation.Types);
    }

    private void EmitMethod(BoundResponse response)
    {
        var arguments = Arguments();
        EmitDocs(response, arguments);
        using var method = writer.Block(Signature(response, arguments));
        foreach (var argument in arguments.Where(argument => argument.IsNeeded))
            writer.Line($"global::System.ArgumentNullException.ThrowIfNull({argument.Name});");
        writer.Line($"var call = new {OperationCall}({HttpMethod()}, {Literals.String(response.Method)});");
        if (HasConstraints)
            writer.Line("ref var context = ref call.Rules;");
        EmitPath();
        EmitBody();
        EmitParameters();
        EmitSettings(response);
        writer.Line($"return {Call(response)}(call, options, cancellationToken);");
    }

    private string Signature(BoundResponse response, List<Argument> arguments)
    {
        var declarations = arguments.ConvertAll(argument => argument.Declaration);
        var method = $"public {ReturnType(response)} {response.Method}Async(";
        var line = method + string.Join(", ", declarations) + ")";
        return writer.Fits(line) ? line : method + "\n    " + string.Join(",\n    ", declarations) + ")";
    }

    private void EmitParameters()
    {
        if (operation.Parameters is not { Model: { } parameters })
            return;
        var isThere = IsNeeded(parameters);
        // What has one value is sent even where the caller gives nothing.
        if (!isThere && parameters.Properties.Any(property => property.Constant is not null))
        {
            writer.Line("parameters ??= new();");
            isThere = true;
        }
        writer.Lines($"""
            parameters{(isThere ? "" : "?")}.{MemberNames.AddTo}(call);
            call.Validate(parameters);
            """);
    }

    /// <summary>What the call says of itself and of its responses.</summary>
    private void EmitSettings(BoundResponse response)
    {
        if (operation.Server is { } server)
            writer.Line($"call.Server({Literals.String(server)});");
        if (operation.IsAnonymous)
            writer.Line("call.Anonymous();");
        if (operation.IsKeyOptional)
            writer.Line("call.KeyOptional();");
        if (operation.IsRedirect)
            writer.Line("call.Redirect();");
        if (operation.HasNotModified)
            writer.Line("call.NotModified();");
        if (response.Accept is { } accept)
            writer.Line($"call.Accept({Literals.String(accept)});");
        foreach (var error in operation.Errors)
            writer.Line($"call.Error<{Clr(error.Type)}>({Statuses(error, ", ")});");
    }

    /// <summary>Whether a caller must give something of the parameters.</summary>
    private static bool IsNeeded(BoundObject parameters) => parameters.Properties.Any(property => property.Required && property.Constant is null);

    private void EmitPath()
    {
        foreach (var piece in operation.Path)
        {
            if (piece.Argument < 0)
            {
                writer.Line($"call.Literal({Literals.String(piece.Text)});");
                continue;
            }
            var argument = operation.Arguments[piece.Argument];
            var name = Literals.String(argument.JsonName);
            writer.Line($"call.Path<{Parts(argument.Type)}>({name}, {Identifiers.Escape(argument.Name)}{Style(argument.Parameter)});");
        }
        foreach (var argument in operation.Arguments)
        {
            var (value, name) = (Identifiers.Escape(argument.Name), Literals.String(argument.JsonName));
            _constraints.Emit(argument.Type, argument.Constraints, argument.ItemConstraints, value, name, isUnset: false, isText: true);
        }
    }

    private void EmitBody()
    {
        if (operation.Body is not { } body)
            return;
        if (body.Required)
        {
            EmitBody(body, "body");
            return;
        }
        using (writer.Block("if (body is { } given)"))
            EmitBody(body, "given");
    }

    private void EmitBody(BoundBody body, string value)
    {
        if (body.Form is not null)
        {
            writer.Lines($"""
                {(body.Kind == BodyKind.Multipart ? "call.Multipart();" : null)}
                {value}.{MemberNames.AddTo}(call);
                call.Validate({value});
                """);
            return;
        }
        var method = body.Kind switch
        {
            BodyKind.Binary => "Content",
            BodyKind.Text => "Text",
            _ => $"Json<{Parts(body.Type)}>",
        };
        var mediaType = body.Kind == BodyKind.Json && body.MediaType == MediaTypes.Json ? "" : ", " + Literals.String(body.MediaType);
        writer.Line($"call.{method}({value}{mediaType});");
        _constraints.Emit(body.Type.Given, body.Constraints, body.ItemConstraints, value, "\"\"", isUnset: body.Type.Kind == TypeKind.Nullable);
    }

    private bool HasConstraints =>
        operation.Arguments.Any(argument => _constraints.HasProblems(argument.Type, argument.Constraints, argument.ItemConstraints, isText: true))
        || (operation.Body is { Form: null } body && _constraints.HasProblems(body.Type.Given, body.Constraints, body.ItemConstraints));

    private string Call(BoundResponse response) => response.Kind switch
    {
        ResponseKind.Json => $"CallAsync<{Parts(response.Type)}>",
        ResponseKind.Maybe => $"{(response.Type.IsValueType ? "CallOptionalValueAsync" : "CallOptionalAsync")}<{Parts(response.Type)}>",
        ResponseKind.Text => "CallTextAsync",
        ResponseKind.Stream => "CallStreamAsync",
        ResponseKind.Any => "CallAnyAsync",
        ResponseKind.Head => "CallHeadAsync",
        _ => "CallAsync",
    };

    private string ReturnType(BoundResponse response)
    {
        var result = response.Kind switch
        {
            ResponseKind.Json => Clr(response.Type),
            ResponseKind.Maybe => Clr(response.Type) + "?",
            ResponseKind.Text => "string",
            ResponseKind.Stream or ResponseKind.Any => StreamingResponse,
            ResponseKind.Head => ResponseHeaders,
            _ => null,
        };
        return "global::System.Threading.Tasks.Task" + (result is null ? "" : $"<{result}>");
    }

    /// <summary>The parameters of the method: those of the path in its order, then what is required, then the rest.</summary>
    private List<Argument> Arguments()
    {
        var arguments = operation.Arguments
            .Select(argument => (argument.Type, argument.Summary, Name: Identifiers.Escape(argument.Name)))
            .Select(argument => new Argument(argument.Name, $"{Clr(argument.Type)} {argument.Name}", argument.Summary, !argument.Type.IsValueType))
            .ToList();
        var optional = new List<Argument>();
        if (operation.Body is { } body)
        {
            var type = body.Form is { } form ? _owner + form.Model.Name : Clr(body.Type);
            Add("body", type, body.Summary, body.Required, canBeDefault: body.Type.IsValueType || body.Type.Kind == TypeKind.Nullable);
        }
        if (operation.Parameters is { Model: { } parameters })
            Add("parameters", _owner + parameters.Name, parameters.Summary, IsNeeded(parameters), canBeDefault: false);
        arguments.AddRange(optional);
        arguments.Add(new("options", $"{CallOptions}? options = null", "Options of this call.", false));
        const string Token = "global::System.Threading.CancellationToken cancellationToken = default";
        arguments.Add(new("cancellationToken", Token, "A token to cancel the operation.", false));
        return arguments;

        void Add(string name, string type, string summary, bool isRequired, bool canBeDefault)
        {
            if (isRequired)
                arguments.Add(new(name, $"{type} {name}", summary, !canBeDefault));
            else
                optional.Add(new(name, $"{type}? {name} = null", summary, false));
        }
    }

    private void EmitDocs(BoundResponse response, List<Argument> arguments)
    {
        var (summary, more) = operation.Summary.Length > 0
            ? (operation.Summary, Literals.Xml(DocumentText.Flatten(operation.Description)))
            : (operation.Description, Literals.Rest(operation.Description, 200));
        var address = $"<c>{Literals.Doc(operation.Key)}</c>";
        if (summary.Length == 0)
            writer.Line($"/// <summary>Calls {address}.</summary>");
        else
        {
            writer.Lines($"""
                /// <summary>{Summaries.Sentence(Literals.Doc(summary, 200))}</summary>
                /// <remarks>{(more is { Length: > 0 } ? more + " " : "")}{address}</remarks>
                """);
        }
        foreach (var argument in arguments)
            writer.Line($"/// <param name=\"{argument.Name.TrimStart('@')}\">{Literals.Doc(argument.Summary, 160)}</param>");
        if (response.Kind != ResponseKind.None && response.Summary.Length > 0)
            writer.Line($"/// <returns>{Literals.Doc(Summaries.Sentence(response.Summary))}</returns>");
        if (operation.HasNotModified)
            writer.Line($"/// <exception cref=\"{NotModifiedException}\">The response is 304: the caller's copy is current.</exception>");
        foreach (var group in operation.Errors.GroupBy(error => error.Type))
        {
            var statuses = string.Join(", ", group.Select(error => Statuses(error, " to ")));
            var details = $"The response is an error ({statuses}); its details are a <see cref=\"{Clr(group.Key)}\"/>.";
            writer.Line($$"""/// <exception cref="{{ServiceException}}{TError}">{{details}}</exception>""");
        }
    }

    /// <summary>The status of an error, or the first and the last one.</summary>
    private static string Statuses(BoundError error, string to) =>
        error.From == error.To ? DocumentText.Number(error.From) : DocumentText.Number(error.From) + to + DocumentText.Number(error.To);

    /// <summary>The prefix of the names of the operation's types outside its class.</summary>
    private static string Owner(ApiClass api, BoundOperation operation) => $"{Identifiers.Escape(api.Name)}.{Identifiers.Escape(operation.Types.Owner)}.";

    private string HttpMethod()
    {
        var name = operation.Method.Length > 0 ? operation.Method.Substring(0, 1) + operation.Method.Substring(1).ToLowerInvariant() : "";
        return StandardMethods.Contains(name)
            ? $"global::System.Net.Http.HttpMethod.{name}"
            : $"new global::System.Net.Http.HttpMethod({Literals.String(operation.Method)})";
    }

    private string Clr(TypeRef type) => TypeText.Clr(type, _owner);

    private string Parts(TypeRef type) => TypeText.Parts(type, _owner);

    /// <summary>A parameter of the method.</summary>
    private sealed record Argument(string Name, string Declaration, string Summary, bool IsNeeded);
}
