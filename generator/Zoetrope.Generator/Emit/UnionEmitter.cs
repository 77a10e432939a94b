using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes unions: structs that hold one of several alternatives, know which it is, and keep JSON that is none of them.</summary>
internal sealed class UnionEmitter(SourceWriter writer, BoundTypes types, BoundUnion model)
{
    private const string Token = "global::System.Text.Json.JsonTokenType.";

    private readonly string _name = Identifiers.Escape(model.Name);

    /// <summary>Writes the type.</summary>
    public void Emit()
    {
        var isInput = model.Role == ObjectRole.Input;
        DocComments.Write(writer, model.Summary, Literals.Doc("It is " + UnionText.Expected(model) + "."));
        writer.Line(TypeText.Converter(_name));
        using var block = writer.Block($"public readonly partial struct {_name} : {IJsonModel}<{_name}>{(isInput ? ", " + IValidatable : "")}");
        writer.Lines($"""
            private readonly {JsonUnion} _value;

            private {_name}({JsonUnion} value) => _value = value;

            """);
        foreach (var alternative in model.Alternatives)
            EmitAlternative(alternative);
        EmitConversions();
        EmitRead();
        writer.Lines($"""

            /// <inheritdoc/>
            public void Write({JsonWriter} writer) => _value.Write(writer);

            /// <summary>The value as JSON.</summary>
            public override string ToString() => Raw.ToString();
            """);
        if (isInput)
            EmitValidate();
    }

    private void EmitAlternative(BoundAlternative alternative)
    {
        var type = TypeText.Clr(alternative.Type);
        var parts = TypeText.Parts(alternative.Type);
        // Objects are named by their types: in words they would all be alike.
        var what = alternative.Type.Kind == TypeKind.Object ? $"a <see cref=\"{type}\"/>" : UnionText.Singular(alternative.Type);
        var (when, tryGet) = alternative.IsRecognized ? ("if it is", "TryGet") : ("if it can be read as", "TryGetOrRead");
        var parameter = alternative.Type.IsValueType
            ? $"out {type} value"
            : $"[global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out {type}? value";
        // C# has no conversions from interfaces.
        var conversion = alternative.Type.Item is null ? $"implicit operator {_name}" : $"{_name} From";
        writer.Lines($"""
            /// <summary>Gets the value {when} {what}.</summary>
            public bool TryGet{alternative.Name}({parameter}) => _value.{tryGet}<{parts}>(out value);

            /// <summary>Converts {what}.</summary>
            public static {conversion}({type} value) => new({JsonUnion}.Of<{parts}>(value));

            """);
    }

    private void EmitConversions()
    {
        if (model.Alternatives.FirstOrDefault(alternative => alternative.Type.Kind == TypeKind.Enum) is { } named)
        {
            writer.Lines($"""
                /// <summary>Converts any text.</summary>
                public static implicit operator {_name}(string value) => ({TypeText.Clr(named.Type)})value;

                """);
        }
        writer.Lines($"""
            /// <summary>Converts any JSON.</summary>
            public static implicit operator {_name}({RawJson} json) => json.Deserialize<{_name}>();

            /// <summary>The value as JSON, even where it is none of the alternatives.</summary>
            public {RawJson} Raw => _value.Raw;

            """);
    }

    private void EmitRead()
    {
        using var block = writer.Block($"""
            /// <inheritdoc/>
            public static {_name} Read(ref global::System.Text.Json.Utf8JsonReader reader) => new(reader.TokenType switch
            """, end: ");");
        foreach (var alternative in model.Alternatives.Where(alternative => alternative.IsRecognized))
            EmitArm(alternative, alternative.Tests);
        foreach (var retry in model.Retries)
            EmitArm(model.Alternatives.First(alternative => alternative.Name == retry.Alternative), retry.Tests);
        writer.Line($"_ => {JsonUnion}.ReadRaw(ref reader),");
    }

    private void EmitArm(BoundAlternative alternative, EquatableArray<DiscriminatorMatch> tests)
    {
        var pattern = Tokens(alternative);
        var conditions = tests.Select(Test).ToList();
        var read = $"{JsonUnion}.Read<{TypeText.Parts(alternative.Type)}>(ref reader),";
        var line = conditions.Count == 0 ? $"{pattern} => {read}" : $"{pattern} when {string.Join(" && ", conditions)} => {read}";
        if (conditions.Count == 0 || writer.Fits(line))
        {
            writer.Line(line);
            return;
        }
        writer.Lines($"""
            {pattern}
                when {string.Join("\n&& ", conditions)}
                => {read}
            """);
    }

    private string Tokens(BoundAlternative alternative) => alternative.Type.Kind switch
    {
        TypeKind.String or TypeKind.Enum => Token + "String",
        TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number => Token + "Number",
        TypeKind.Boolean => $"{Token}True or {Token}False",
        TypeKind.List => Token + "StartArray",
        // A file is often its bare URL.
        TypeKind.File when alternative.Tests.Count == 0 && !model.Alternatives.Any(IsText) => $"{Token}StartObject or {Token}String",
        _ => Token + "StartObject",
    };

    private static bool IsText(BoundAlternative alternative) => alternative.Type.Kind is TypeKind.String or TypeKind.Enum;

    private static string Test(DiscriminatorMatch test)
    {
        var has = $"{JsonUnion}.{(test.OrNull ? "HasValue" : "Has")}(reader, {Literals.Utf8(test.Name)}";
        if (test.Values.Count == 0)
            return (test.IsAbsent ? "!" : "") + has + ")";
        var any = string.Join(" || ", test.Values.Select(value => $"{has}, {Literal(value)})"));
        return test.Values.Count == 1 ? any : $"({any})";
    }

    private static string Literal(JsonLiteral value) => value.Kind switch
    {
        JsonKind.String => Literals.Utf8(value.Text),
        JsonKind.Number => Literals.Number(Numbers.IsWhole(value.Text) ? TypeKind.Integer : TypeKind.Number, value.Text),
        _ => value.Text,
    };

    private void EmitValidate()
    {
        var constraints = new ConstraintEmitter(writer, types);
        using var block = writer.Block($"""

            /// <inheritdoc/>
            public void Validate(ref {ValidationContext} context)
            """);
        foreach (var alternative in model.Alternatives.Where(alternative =>
            alternative.IsRecognized && constraints.HasProblems(alternative.Type, alternative.Checks, alternative.ItemChecks)))
        {
            var value = "as" + alternative.Name;
            using (writer.Block($"if (_value.TryGet<{TypeText.Parts(alternative.Type)}>(out var {value}))"))
                constraints.Emit(alternative.Type, alternative.Checks, alternative.ItemChecks, value, "\"\"", isUnset: false);
        }
        if ((model.Raw & RawKinds.Any) == 0)
            writer.Line($"context.Alternative(_value, {Literals.String(UnionText.Wanted(model))}{RawArguments()});");
    }

    /// <summary>What else is valid than the alternatives, as arguments.</summary>
    private string RawArguments()
    {
        var arguments = model.Nullable ? ", nullable: true" : "";
        if ((model.Raw & RawKinds.Objects) != 0)
            arguments += ", objects: true";
        if ((model.Raw & RawKinds.Arrays) != 0)
            arguments += ", arrays: true";
        if (model.OpenWithout is { } member)
            arguments += $", openWithout: {Literals.Utf8(member.Name)}{(member.OrNull ? ", orNull: true" : "")}";
        return arguments;
    }
}
