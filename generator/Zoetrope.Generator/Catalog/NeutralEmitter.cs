using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Catalog;

/// <summary>Writes the file of one neutral model.</summary>
internal static class NeutralEmitter
{
    /// <summary>The C# of a neutral model.</summary>
    public static GeneratedSource Emit(BoundNeutral model, EmitOptions options)
    {
        var writer = new SourceWriter();
        var shape = model.Shape;
        SourceHeader.Write(writer);
        using (writer.Block($"namespace {shape.Namespace}"))
        {
            EmitClass(writer, model);
            if (ClientMember.OfNeutral(shape, options) is { } member)
            {
                writer.Line();
                ClientMemberEmitter.Emit(writer, member, $"Runs <c>{Literals.Doc(shape.Id)}</c> at the router's providers.", options);
            }
        }
        return new(HintNames.Of(shape.QualifiedName), writer.ToString());
    }

    private static void EmitClass(SourceWriter writer, BoundNeutral model)
    {
        var shape = model.Shape;
        using var block = writer.Block($"""
            /// <summary>{Literals.Doc(shape.Facts.Title ?? shape.Id, 200)}, at {Literals.Doc(shape.Provider)}.</summary>
            /// <remarks>The model <c>{Literals.Doc(shape.Id)}</c> of {Literals.Doc(shape.Facts.Sources[0])}.</remarks>
            {SourceHeader.Attribute}
            public static partial class {shape.Name}
            """);
        writer.Lines($$"""
            /// <summary>The model and the providers that serve it.</summary>
            public static {{NeutralModel}}<Request, Result> Model { get; } = new(
                {{Literals.String(shape.Id)}},
            """);
        using (writer.Indent())
        {
            for (var i = 0; i < model.Routes.Count; i++)
                EmitRoute(writer, model.Routes[i], end: i + 1 < model.Routes.Count ? "," : ");");
        }
        TypesEmitter.Emit(writer, shape.Types);
    }

    private static void EmitRoute(SourceWriter writer, BoundRoute route, string end)
    {
        var request = route.EndpointClass + ".Request";
        var result = route.EndpointClass + ".Result";
        writer.Line($"new {ModelRoute}<Request, Result, {request}, {result}>(");
        using var arguments = writer.Indent();
        writer.Line($"{route.EndpointClass}.Endpoint,");
        EmitRequestMap(writer, route, $"{NeutralMap}.Convert<Request, {request}>(request)");
        writer.Line($"{MapResult(route, result)}){end}");
    }

    private static void EmitRequestMap(SourceWriter writer, BoundRoute route, string convert)
    {
        if (route.LeftOut.Count == 0)
        {
            writer.Line($"static (request, warnings) => {convert},");
            return;
        }
        using var lambda = writer.Block("static (request, warnings) =>", end: ",");
        writer.Line($"var mapped = {convert};");
        foreach (var name in route.LeftOut)
            writer.Line($"{NeutralMap}.LeaveOut(mapped.ExtraProperties, {Literals.String(name)}, {Literals.String(route.Provider)}, warnings);");
        writer.Line("return mapped;");
    }

    private static string MapResult(BoundRoute route, string result)
    {
        if (route.BareMember is not { } member)
            return $"static result => {NeutralMap}.Convert<{result}, Result>(result)";
        var (single, file) = (Bool(route.IsBareSingle), Bool(route.IsBareFile));
        return $"static result => {NeutralMap}.Wrap<Result>({RawJson}.From(result), {Literals.String(member)}, single: {single}, file: {file})";
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
