using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Emit;

/// <summary>Writes unions: structs that hold one of several alternatives, tell which it is, and keep JSON that is none of them.</summary>
internal sealed class UnionEmitter(SourceWriter writer, BoundTypes types, BoundUnion model)
{
    private const string Value = "global::Zoetrope.CodeGen.JsonUnion";
    private const string Raw = "global::Zoetrope.Json.RawJson";
    private const string Token = "global::System.Text.Json.JsonTokenType.";

    private readonly string _name = Identifiers.Escape(model.Name);

    /// <summary>Writes the type.</summary>
    public void Emit()
    {
        var isInput = model.Role == ObjectRole.Input;
        DocComments.Write(writer, model.Summary, Literals.Doc("It is " + UnionText.Expected(model) + "."));
        writer.Line(TypeText.Converter(_name));
        writer.Open("public readonly partial struct " + _name + " : global::Zoetrope.Json.IJsonModel<" + _name + ">" + (isInput ? ", global::Zoetrope.Validation.IValidatable" : ""));
        writer.Line("private readonly " + Value + " _value;").Line();
        writer.Line("private " + _name + "(" + Value + " value) => _value = value;").Line();
        foreach (var alternative in model.Alternatives)
            EmitAlternative(alternative);
        if (model.Alternatives.Any(one => one.Type.Kind == TypeKind.Enum))
            writer.Line("/// <summary>Takes any text.</summary>").Line("public static implicit operator " + _name + "(string value) => (" + EnumName() + ")value;").Line();
        writer.Line("/// <summary>Takes any JSON.</summary>");
        writer.Line("public static implicit operator " + _name + "(" + Raw + " json) => json.Deserialize<" + _name + ">();").Line();
        writer.Line("/// <summary>The value as JSON, whichever alternative it is, and if it is none.</summary>");
        writer.Line("public " + Raw + " Raw => _value.Raw;").Line();
        EmitRead();
        writer.Line().Line("/// <inheritdoc/>");
        writer.Line("public void Write(global::System.Text.Json.Utf8JsonWriter writer) => _value.Write(writer);").Line();
        writer.Line("/// <summary>The value as JSON.</summary>");
        writer.Line("public override string ToString() => Raw.ToString();");
        if (isInput)
            EmitValidate();
        writer.Close();
    }

    private void EmitAlternative(BoundAlternative alternative)
    {
        var type = TypeText.Clr(alternative.Type);
        var parts = "<" + TypeText.Parts(alternative.Type) + ">";
        // Objects are told by their types: in words they would all be alike.
        var what = alternative.Type.Kind == TypeKind.Object ? "a <see cref=\"" + type + "\"/>" : UnionText.Singular(alternative.Type);
        writer.Line("/// <summary>" + (alternative.IsTold ? "Gets the value if it is " : "Gets the value if it can be read as ") + what + ".</summary>");
        writer.Line("public bool TryGet" + alternative.Name + "(" + (alternative.Type.IsValueType ? "" : "[global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] ") + "out " + type
            + (alternative.Type.IsValueType ? "" : "?") + " value) => _value." + (alternative.IsTold ? "TryGet" : "TryGetOrRead") + parts + "(out value);").Line();
        writer.Line("/// <summary>Takes " + what + ".</summary>");
        // C# has no conversions from interfaces.
        writer.Line("public static " + (alternative.Type.Item is null ? "implicit operator " + _name : _name + " From") + "(" + type + " value) => new(" + Value + ".Of" + parts + "(value));").Line();
    }

    private string EnumName() => TypeText.Clr(model.Alternatives.First(one => one.Type.Kind == TypeKind.Enum).Type);

    private void EmitRead()
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line("public static " + _name + " Read(ref global::System.Text.Json.Utf8JsonReader reader) => new(reader.TokenType switch");
        writer.Open();
        foreach (var alternative in model.Alternatives.Where(one => one.IsTold))
            EmitArm(alternative, alternative.Tests);
        foreach (var retry in model.Retries)
            EmitArm(model.Alternatives.First(one => one.Name == retry.Alternative), retry.Tests);
        writer.Line("_ => " + Value + ".ReadRaw(ref reader),");
        writer.Close(");");
    }

    private string Tokens(BoundAlternative alternative) => alternative.Type.Kind switch
    {
        TypeKind.String or TypeKind.Enum => Token + "String",
        TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number => Token + "Number",
        TypeKind.Boolean => Token + "True or " + Token + "False",
        TypeKind.List => Token + "StartArray",
        // A file is often its bare URL.
        TypeKind.File when alternative.Tests.Count == 0 && model.Alternatives.All(one => one.Type.Kind is not (TypeKind.String or TypeKind.Enum)) => Token + "StartObject or " + Token + "String",
        _ => Token + "StartObject",
    };

    private void EmitArm(BoundAlternative alternative, EquatableArray<DiscriminatorMatch> tests) => writer.Line(
        Tokens(alternative) + (tests.Count == 0 ? "" : " when " + string.Join(" && ", tests.Select(Test))) + " => "
        + Value + ".Read<" + TypeText.Parts(alternative.Type) + ">(ref reader),");

    private static string Test(DiscriminatorMatch test)
    {
        var has = Value + (test.OrNull ? ".HasValue" : ".Has") + "(reader, " + Literals.Utf8(test.Name);
        if (test.Values.Count == 0)
            return (test.IsAbsent ? "!" : "") + has + ")";
        var any = string.Join(" || ", test.Values.Select(value => has + ", " + Literal(value) + ")"));
        return test.Values.Count == 1 ? any : "(" + any + ")";
    }

    private static string Literal(JsonLiteral value) => value.Kind switch
    {
        JsonKind.String => Literals.Utf8(value.Text),
        JsonKind.Number => Literals.Number(Numbers.IsWhole(value.Text) ? TypeKind.Integer : TypeKind.Number, value.Text),
        _ => value.Text,
    };

    private void EmitValidate()
    {
        var checks = new ConstraintEmitter(writer, types);
        writer.Line().Line("/// <inheritdoc/>");
        writer.Open("public void Validate(ref global::Zoetrope.Validation.ValidationContext context)");
        foreach (var alternative in model.Alternatives.Where(one => one.IsTold && checks.HasProblems(one.Type, one.Checks, one.ItemChecks)))
        {
            var value = "as" + alternative.Name;
            writer.Line("if (_value.TryGet<" + TypeText.Parts(alternative.Type) + ">(out var " + value + "))");
            writer.Open();
            checks.Emit(alternative.Type, alternative.Checks, alternative.ItemChecks, value, "\"\"", isUnset: false);
            writer.Close();
        }
        if ((model.Raw & RawKinds.Any) == 0)
        {
            writer.Line("context.Alternative(_value, " + Literals.String(UnionText.Wanted(model)) + (model.Nullable ? ", nullable: true" : "")
                + ((model.Raw & RawKinds.Objects) != 0 ? ", objects: true" : "") + ((model.Raw & RawKinds.Arrays) != 0 ? ", arrays: true" : "")
                + (model.OpenWithout is { } member ? ", openWithout: " + Literals.Utf8(member.Name) + (member.OrNull ? ", orNull: true" : "") : "") + ");");
        }
        writer.Close();
    }
}
