using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes one operation: its methods on the client, and its class.</summary>
internal sealed class OperationEmitter(SourceWriter writer, ApiClass api, BoundOperation operation)
{
    private const string Operations = "global::Zoetrope.Operations.";
    private const string Calls = "global::Zoetrope.CodeGen.Operations.";

    private static readonly string[] StandardMethods = ["Get", "Put", "Post", "Delete", "Options", "Head", "Patch", "Trace"];

    private readonly ConstraintEmitter _checks = new(writer, operation.Types, Owner(api, operation));
    private readonly string _owner = Owner(api, operation);

    /// <summary>How a parameter is written where that is not the usual way of its place, as arguments.</summary>
    public static string Style(OperationParameter parameter)
    {
        var usual = parameter.Location is ParameterLocation.Query or ParameterLocation.Cookie ? ParameterStyle.Form : ParameterStyle.Simple;
        var text = parameter.Style == usual ? "" : ", style: " + Calls + "ParameterStyle." + parameter.Style;
        if (parameter.Explode != parameter.Location is ParameterLocation.Query or ParameterLocation.Cookie)
            text += parameter.Explode ? ", explode: true" : ", explode: false";
        return parameter is { AllowReserved: true, Location: ParameterLocation.Query } ? text + ", allowReserved: true" : text;
    }

    /// <summary>Writes it.</summary>
    public void Emit()
    {
        writer.Open("public partial class " + Identifiers.Escape(api.Client));
        for (var i = 0; i < operation.Answers.Count; i++)
        {
            if (i > 0)
                writer.Line();
            EmitMethod(operation.Answers[i]);
        }
        writer.Close();
        if (operation.HasTypes)
            EmitTypes();
    }

    private void EmitTypes()
    {
        writer.Line().Open("public static partial class " + Identifiers.Escape(api.Name));
        writer.Line("/// <summary>What <see cref=\"" + api.ClientInFull + "." + operation.Answers[0].Method + "Async\"/> takes and gives.</summary>");
        writer.Line(SourceHeader.Attribute);
        writer.Open("public static partial class " + Identifiers.Escape(operation.Types.Owner));
        if (operation.Parameters is { } parameters)
            new CallMembersEmitter(writer, operation.Types, parameters, BodyKind.UrlEncoded).Emit();
        if (operation.Body is { Form: { } form } body)
        {
            if (operation.Parameters is not null)
                writer.Line();
            new CallMembersEmitter(writer, operation.Types, form, body.Kind).Emit();
        }
        TypesEmitter.Emit(writer, operation.Types);
        writer.Close().Close();
    }

    private void EmitMethod(BoundResponse answer)
    {
        var arguments = Arguments();
        EmitDocs(answer, arguments);
        writer.Line("public " + Task(answer) + " " + answer.Method + "Async(" + string.Join(", ", arguments.Select(argument => argument.Declaration)) + ")");
        writer.Open();
        foreach (var argument in arguments.Where(argument => argument.IsNeeded))
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(" + argument.Name + ");");
        writer.Line("var call = new " + Calls + "OperationCall(" + HttpMethod() + ", " + Literals.String(answer.Method) + ");");
        if (HasChecks)
            writer.Line("ref var context = ref call.Rules;");
        EmitPath();
        EmitBody();
        if (operation.Parameters is { } parameters)
        {
            var isThere = IsNeeded(parameters.Model);
            // What has one value is sent even where the caller gives nothing.
            if (!isThere && parameters.Model.Properties.Any(property => property.Constant is not null))
            {
                writer.Line("parameters ??= new();");
                isThere = true;
            }
            writer.Line("parameters" + (isThere ? "." : "?.") + MemberNames.AddTo + "(call);");
            writer.Line("call.Validate(parameters);");
        }
        if (operation.Server is { } server)
            writer.Line("call.Server(" + Literals.String(server) + ");");
        if (operation.IsAnonymous)
            writer.Line("call.Anonymous();");
        if (operation.IsKeyOptional)
            writer.Line("call.KeyOptional();");
        if (operation.IsRedirect)
            writer.Line("call.Redirect();");
        if (operation.HasNotModified)
            writer.Line("call.NotModified();");
        if (answer.Accept is { } accept)
            writer.Line("call.Accept(" + Literals.String(accept) + ");");
        foreach (var error in operation.Errors)
            writer.Line("call.Error<" + Clr(error.Type) + ">(" + DocumentText.Number(error.From) + (error.To == error.From ? "" : ", " + DocumentText.Number(error.To)) + ");");
        writer.Line("return " + Call(answer) + "(call, options, cancellationToken);");
        writer.Close();
    }

    /// <summary>Whether a caller must give something of the parameters.</summary>
    private static bool IsNeeded(BoundObject parameters) => parameters.Properties.Any(property => property.Required && property.Constant is null);

    private void EmitPath()
    {
        foreach (var piece in operation.Path)
        {
            if (piece.Argument < 0)
            {
                writer.Line("call.Literal(" + Literals.String(piece.Text) + ");");
                continue;
            }
            var argument = operation.Arguments[piece.Argument];
            var name = Literals.String(argument.JsonName);
            writer.Line("call.Path<" + Parts(argument.Type) + ">(" + name + ", " + Identifiers.Escape(argument.Name) + Style(argument.Parameter) + ");");
        }
        foreach (var argument in operation.Arguments)
        {
            var (value, name) = (Identifiers.Escape(argument.Name), Literals.String(argument.JsonName));
            _checks.Emit(argument.Type, argument.Constraints, argument.ItemConstraints, value, name, isUnset: false, isText: true);
        }
    }

    private void EmitBody()
    {
        if (operation.Body is not { } body)
            return;
        if (!body.Required)
            writer.Open("if (body is { } given)");
        var value = body.Required ? "body" : "given";
        if (body.Form is not null)
        {
            if (body.Kind == BodyKind.Multipart)
                writer.Line("call.Multipart();");
            writer.Line(value + "." + MemberNames.AddTo + "(call);");
            writer.Line("call.Validate(" + value + ");");
        }
        else
        {
            var mediaType = body.Kind == BodyKind.Json && body.MediaType == MediaTypes.Json ? "" : ", " + Literals.String(body.MediaType);
            writer.Line(body.Kind switch
            {
                BodyKind.Binary => "call.Content(" + value + mediaType + ");",
                BodyKind.Text => "call.Text(" + value + mediaType + ");",
                _ => "call.Json<" + Parts(body.Type) + ">(" + value + mediaType + ");",
            });
            _checks.Emit(body.Type.Given, body.Constraints, body.ItemConstraints, value, "\"\"", isUnset: body.Type.Kind == TypeKind.Nullable);
        }
        if (!body.Required)
            writer.Close();
    }

    private bool HasChecks =>
        operation.Arguments.Any(argument => _checks.HasProblems(argument.Type, argument.Constraints, argument.ItemConstraints, isText: true))
        || (operation.Body is { Form: null } body && _checks.HasProblems(body.Type.Given, body.Constraints, body.ItemConstraints));

    private string Call(BoundResponse answer) => answer.Kind switch
    {
        ResponseKind.Json => "CallAsync<" + Parts(answer.Type) + ">",
        ResponseKind.Maybe => (answer.Type.IsValueType ? "CallOptionalValueAsync<" : "CallOptionalAsync<") + Parts(answer.Type) + ">",
        ResponseKind.Text => "CallTextAsync",
        ResponseKind.Stream => "CallStreamAsync",
        ResponseKind.Any => "CallAnyAsync",
        ResponseKind.Head => "CallHeadAsync",
        _ => "CallAsync",
    };

    private string Task(BoundResponse answer)
    {
        var result = answer.Kind switch
        {
            ResponseKind.Json => Clr(answer.Type),
            ResponseKind.Maybe => Clr(answer.Type) + "?",
            ResponseKind.Text => "string",
            ResponseKind.Stream or ResponseKind.Any => Operations + "StreamingResponse",
            ResponseKind.Head => Operations + "ResponseHeaders",
            _ => null,
        };
        return "global::System.Threading.Tasks.Task" + (result is null ? "" : "<" + result + ">");
    }

    /// <summary>The parameters of the method: those of the path in its order, then what is required, then the rest.</summary>
    private List<Argument> Arguments()
    {
        var arguments = operation.Arguments
            .Select(argument => new Argument(Identifiers.Escape(argument.Name), Clr(argument.Type) + " " + Identifiers.Escape(argument.Name), argument.Summary, !argument.Type.IsValueType))
            .ToList();
        var optional = new List<Argument>();
        if (operation.Body is { } body)
            Add("body", body.Form is { } form ? _owner + form.Model.Name : Clr(body.Type), body.Summary, body.Required, body.Type.IsValueType || body.Type.Kind == TypeKind.Nullable);
        if (operation.Parameters is { } parameters)
            Add("parameters", _owner + parameters.Model.Name, parameters.Model.Summary, IsNeeded(parameters.Model), canBeDefault: false);
        arguments.AddRange(optional);
        arguments.Add(new("options", Operations + "CallOptions? options = null", "Options of this call.", false));
        arguments.Add(new("cancellationToken", "global::System.Threading.CancellationToken cancellationToken = default", "Cancels the call.", false));
        return arguments;

        void Add(string name, string type, string summary, bool isRequired, bool canBeDefault)
        {
            if (isRequired)
                arguments.Add(new(name, type + " " + name, summary, !canBeDefault));
            else
                optional.Add(new(name, type + "? " + name + " = null", summary, false));
        }
    }

    private void EmitDocs(BoundResponse answer, List<Argument> arguments)
    {
        var (summary, more) = operation.Summary.Length > 0 ? (operation.Summary, Literals.Rest(operation.Description, 0) ?? "") : (operation.Description, Literals.Rest(operation.Description, 200) ?? "");
        var address = "<c>" + Literals.Doc(operation.Key) + "</c>";
        writer.Line("/// <summary>" + (summary.Length > 0 ? Literals.Doc(Summaries.Sentence(summary), 200) : "Calls " + address + ".") + "</summary>");
        if (summary.Length > 0)
            writer.Line("/// <remarks>" + (more.Length > 0 ? more + " " : "") + address + "</remarks>");
        foreach (var argument in arguments)
            writer.Line("/// <param name=\"" + argument.Name.TrimStart('@') + "\">" + Literals.Doc(argument.Summary, 160) + "</param>");
        if (answer.Kind != ResponseKind.None && answer.Summary.Length > 0)
            writer.Line("/// <returns>" + Literals.Doc(Summaries.Sentence(answer.Summary)) + "</returns>");
        if (operation.HasNotModified)
            writer.Line("/// <exception cref=\"global::Zoetrope.Errors.NotModifiedException\">The service answered 304: what was asked for is as the caller has it.</exception>");
        foreach (var group in operation.Errors.GroupBy(error => error.Type))
        {
            var statuses = group.Select(error => error.From == error.To ? DocumentText.Number(error.From) : DocumentText.Number(error.From) + " to " + DocumentText.Number(error.To));
            writer.Line("/// <exception cref=\"global::Zoetrope.Errors.ServiceException{TError}\">The service answered with an error (" + string.Join(", ", statuses)
                + "); its details are a <see cref=\"" + Clr(group.Key) + "\"/>.</exception>");
        }
    }

    /// <summary>What stands before the names of the operation's types outside its class.</summary>
    private static string Owner(ApiClass api, BoundOperation operation) => Identifiers.Escape(api.Name) + "." + Identifiers.Escape(operation.Types.Owner) + ".";

    private string HttpMethod()
    {
        var name = operation.Method.Length > 0 ? operation.Method.Substring(0, 1) + operation.Method.Substring(1).ToLowerInvariant() : "";
        return StandardMethods.Contains(name)
            ? "global::System.Net.Http.HttpMethod." + name
            : "new global::System.Net.Http.HttpMethod(" + Literals.String(operation.Method) + ")";
    }

    private string Clr(TypeRef type) => TypeText.Clr(type, _owner);

    private string Parts(TypeRef type) => TypeText.Parts(type, _owner);

    /// <summary>A parameter of the method.</summary>
    private sealed record Argument(string Name, string Declaration, string Summary, bool IsNeeded);
}
