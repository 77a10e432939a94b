using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;

namespace Zoetrope.Generator.Catalog;

/// <summary>Writes the file of one neutral model.</summary>
internal static class NeutralEmitter
{
    private const string Map = "global::Zoetrope.CodeGen.Results.NeutralMap";

    /// <summary>The C# of a neutral model.</summary>
    public static GeneratedSource Emit(BoundNeutral model, EmitOptions options)
    {
        var writer = new SourceWriter();
        var shape = model.Shape;
        SourceHeader.Write(writer);
        writer.Open("namespace " + shape.Namespace);
        writer.Line("/// <summary>" + Literals.Doc(shape.Facts.Title ?? shape.Id, 200) + ", at " + Literals.Doc(shape.Provider) + ".</summary>");
        writer.Line("/// <remarks>The model <c>" + Literals.Doc(shape.Id) + "</c> of " + Literals.Doc(shape.Facts.Sources[0]) + ".</remarks>");
        writer.Line(SourceHeader.Attribute);
        writer.Open("public static partial class " + shape.Name);
        writer.Line("/// <summary>The model and the providers that serve it.</summary>");
        writer.Line("public static global::Zoetrope.Routing.NeutralModel<Request, Result> Model { get; } = new(").Indent();
        writer.Line(Literals.String(shape.Id) + ",");
        for (var i = 0; i < model.Routes.Count; i++)
            EmitRoute(writer, model.Routes[i], i + 1 < model.Routes.Count ? "," : ");");
        writer.Outdent();
        TypesEmitter.Emit(writer, shape.Types);
        writer.Close();
        if (ClientMember.OfNeutral(shape, options) is { } member)
        {
            writer.Line();
            ClientMemberEmitter.Emit(writer, member, "Runs <c>" + Literals.Doc(shape.Id) + "</c> at the router's providers.", options);
        }
        writer.Close();
        return new(HintNames.Of(shape.Namespace + "." + shape.Name), writer.ToString());
    }

    private static void EmitRoute(SourceWriter writer, BoundRoute route, string end)
    {
        var request = route.EndpointClass + ".Request";
        var result = route.EndpointClass + ".Result";
        writer.Line("new global::Zoetrope.Routing.ModelRoute<Request, Result, " + request + ", " + result + ">(").Indent();
        writer.Line(route.EndpointClass + ".Endpoint,");
        if (route.LeftOut.Count == 0)
            writer.Line("static (request, warnings) => " + Map + ".Convert<Request, " + request + ">(request),");
        else
        {
            writer.Open("static (request, warnings) =>");
            writer.Line("var mapped = " + Map + ".Convert<Request, " + request + ">(request);");
            foreach (var name in route.LeftOut)
                writer.Line(Map + ".LeaveOut(mapped.ExtraProperties, " + Literals.String(name) + ", " + Literals.String(route.Provider) + ", warnings);");
            writer.Line("return mapped;");
            writer.Close(",");
        }
        if (route.BareMember is { } member)
            writer.Line("static result => " + Map + ".Wrap<Result>(global::Zoetrope.Json.RawJson.From(result), " + Literals.String(member) + ", single: " + Bool(route.IsBareSingle) + ", file: " + Bool(route.IsBareFile) + "))" + end);
        else
            writer.Line("static result => " + Map + ".Convert<" + result + ", Result>(result))" + end);
        writer.Outdent();
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
