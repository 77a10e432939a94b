using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes one operation: its methods on the client, and its class.</summary>
internal sealed class OperationEmitter(SourceWriter writer, ApiClass api, BoundOperation operation)
{
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
            if (operation.Paging is { } paging)
            {
                writer.Separate();
                EmitPages(paging);
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
        new OperationDocs(writer, operation, _owner).Emit(response, arguments);
        using var method = writer.Block(Signature($"public {ResponseText.ReturnType(response, _owner)} {response.Method}Async", arguments));
        if (IsPaged(response))
        {
            writer.Line($"return {ResponseText.Call(response, _owner)}({CallOf(arguments)}, options, cancellationToken);");
            return;
        }
        EmitCall(response, arguments);
        var (head, end) = ($"return {ResponseText.Call(response, _owner)}(call", ", options, cancellationToken);");
        if (response.Events.Count > 0)
            EventText.Emit(writer, response.Events, head, end);
        else
            writer.Line(head + (response.Format is null ? "" : $", {ItemFormat}.{response.Format}") + end);
    }

    /// <summary>The method over all pages, and the one that makes the call of the first.</summary>
    private void EmitPages(BoundPaging paging)
    {
        var arguments = Arguments();
        var page = operation.Responses[0];
        var pageType = Clr(page.Type);
        // The list of a shared page is of types beside it.
        var itemType = paging.Items?.Type.Item is { } item ? TypeText.Clr(item, page.Type.Owner.Length > 0 ? page.Type.Owner + "." : _owner) : pageType;
        new OperationDocs(writer, operation, _owner).EmitPages(paging, arguments);
        using (writer.Block(Signature($"public global::System.Collections.Generic.IAsyncEnumerable<{itemType}> {paging.Method}Async", arguments)))
        {
            EmitNullChecks(arguments);
            writer.Lines($"""
                return CallPagesAsync<{Parts(page.Type)}, {itemType}>(
                    () => {CallOf(arguments)},
                    {PagePosition}.{PagingText.Position(paging)},
                    {PagingText.Members(paging)},
                    static page => {PagingText.Items(paging, pageType)},
                    options,
                    cancellationToken);
                """);
        }
        writer.Line();
        using (writer.Block(Signature($"private static {OperationCall} {operation.Name}Call", [.. arguments.Where(argument => argument.IsSent)])))
        {
            EmitCall(page, arguments);
            writer.Line("return call;");
        }
    }

    private bool IsPaged(BoundResponse response) => operation.Paging is not null && response == operation.Responses[0];

    private string CallOf(List<MethodArgument> arguments) =>
        $"{operation.Name}Call({string.Join(", ", arguments.Where(argument => argument.IsSent).Select(argument => argument.Name))})";

    private void EmitCall(BoundResponse response, List<MethodArgument> arguments)
    {
        EmitNullChecks(arguments);
        writer.Line($"var call = new {OperationCall}({HttpMethodText.Of(operation.Method)}, {Literals.String(response.Method)});");
        if (HasConstraints)
            writer.Line("ref var context = ref call.Rules;");
        EmitPath();
        EmitBody();
        EmitParameters();
        EmitSettings(response);
    }

    private void EmitNullChecks(List<MethodArgument> arguments)
    {
        foreach (var argument in arguments.Where(argument => argument.IsNeeded))
            writer.Line($"global::System.ArgumentNullException.ThrowIfNull({argument.Name});");
    }

    private string Signature(string method, List<MethodArgument> arguments) => MethodArgument.Signature(writer, method, arguments);

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
        if (operation.IdempotencyHeader is { } header)
            writer.Line($"call.Idempotent({Literals.String(header)});");
        foreach (var error in operation.Errors)
            writer.Line($"call.Error{(error.Type is { } type ? "<" + Clr(type) + ">" : "")}({OperationDocs.Statuses(error, ", ")});");
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
            var (method, style) = argument.Parameter.IsMultiSegment ? ("PathSegments", "") : ("Path", Style(argument.Parameter));
            writer.Line($"call.{method}<{Parts(argument.Type)}>({name}, {Identifiers.Escape(argument.Name)}{style});");
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

    /// <summary>The parameters of the method: those of the path in its order, then what is required, then the rest.</summary>
    private List<MethodArgument> Arguments()
    {
        var arguments = operation.Arguments
            .Select(argument => (argument.Type, argument.Summary, Name: Identifiers.Escape(argument.Name)))
            .Select(argument => new MethodArgument(argument.Name, $"{Clr(argument.Type)} {argument.Name}", argument.Summary, !argument.Type.IsValueType))
            .ToList();
        var optional = new List<MethodArgument>();
        if (operation.Body is { } body)
        {
            var type = body.Form is { } form ? _owner + form.Model.Name : Clr(body.Type);
            Add("body", type, body.Summary, body.Required, canBeDefault: body.Type.IsValueType || body.Type.Kind == TypeKind.Nullable);
        }
        if (operation.Parameters is { Model: { } parameters })
            Add("parameters", _owner + parameters.Name, parameters.Summary, IsNeeded(parameters), canBeDefault: false);
        arguments.AddRange(optional);
        arguments.Add(new("options", $"{CallOptions}? options = null", "Options of this call.", false, IsSent: false));
        const string Token = "global::System.Threading.CancellationToken cancellationToken = default";
        arguments.Add(new("cancellationToken", Token, "A token to cancel the operation.", false, IsSent: false));
        return arguments;

        void Add(string name, string type, string summary, bool isRequired, bool canBeDefault)
        {
            if (isRequired)
                arguments.Add(new(name, $"{type} {name}", summary, !canBeDefault));
            else
                optional.Add(new(name, $"{type}? {name} = null", summary, false));
        }
    }

    /// <summary>The prefix of the names of the operation's types outside its class.</summary>
    private static string Owner(ApiClass api, BoundOperation operation) => $"{Identifiers.Escape(api.Name)}.{Identifiers.Escape(operation.Types.Owner)}.";

    private string Clr(TypeRef type) => TypeText.Clr(type, _owner);

    private string Parts(TypeRef type) => TypeText.Parts(type, _owner);
}
