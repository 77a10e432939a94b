using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Catalog;

/// <summary>
/// Writes the routes of a neutral model. They are found by the type of the client, so that a trimmed app contains those alone whose clients it makes.
/// </summary>
internal static class RoutesEmitter
{
    private const string Route = ModelRoute + "<Request, Result>";

    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, BoundNeutral model, EmitOptions options)
    {
        using var block = writer.Block($"private sealed class Routes : {NeutralModel}<Request, Result>");
        writer.Line("public Routes()");
        using (writer.Indent())
            writer.Line($": base({Literals.String(model.Shape.Id)}, {Texts(model, route => route.Provider)}, {Texts(model, route => route.EndpointId)})");
        writer.Block().Dispose();
        writer.Line();
        EmitParameters(writer, model);
        writer.Line();
        EmitByName(writer, model);
        writer.Line();
        EmitByClient(writer, model, options);
        for (var i = 0; i < model.Routes.Count; i++)
        {
            writer.Line();
            EmitRoute(writer, model.Routes[i], i);
        }
    }

    private static string Texts(BoundNeutral model, Func<BoundRoute, string> select) =>
        $$"""new string[] { {{string.Join(", ", model.Routes.Select(select).Select(Literals.String))}} }""";

    private static void EmitParameters(SourceWriter writer, BoundNeutral model)
    {
        using var block = writer.Block($"""
            public override global::System.Collections.Generic.IReadOnlyList<{ParameterInfo}> Parameters => new {ParameterInfo}[]
            """, end: ";");
        foreach (var property in model.Shape.Request.Properties)
            writer.Line(InfoEmitter.Parameter(property, model.Shape) + ",");
    }

    private static void EmitByName(SourceWriter writer, BoundNeutral model)
    {
        using var block = writer.Block($"public override {Route}? RouteTo(string provider) => provider switch", end: ";");
        for (var i = 0; i < model.Routes.Count; i++)
            writer.Line($"{Literals.String(model.Routes[i].Provider)} => Route{i}(),");
        writer.Line("_ => null,");
    }

    private static void EmitByClient(SourceWriter writer, BoundNeutral model, EmitOptions options)
    {
        using var block = writer.Block($"public override {Route}? RouteTo({MediaClient} client)");
        for (var i = 0; i < model.Routes.Count; i++)
        {
            var route = model.Routes[i];
            var isItsOwn = (route.Client ?? options.ClientOf(route.Provider)) is { } client
                ? $"client is global::{client}"
                : $"client.Provider == {Literals.String(route.Provider)}";
            writer.Line($"if ({isItsOwn})");
            using (writer.Indent())
                writer.Line($"return Route{i}();");
        }
        writer.Line("return null;");
    }

    private static void EmitRoute(SourceWriter writer, BoundRoute route, int index)
    {
        var request = route.EndpointClass + ".Request";
        var result = route.EndpointClass + ".Result";
        var price = Price(route.Price);
        writer.Line($"private static {Route} Route{index}() => new {ModelRoute}<Request, Result, {request}, {result}>(");
        using var arguments = writer.Indent();
        writer.Line($"{route.EndpointClass}.Endpoint,");
        EmitRequestMap(writer, route, request);
        writer.Line($"{MapResult(route, result)}{(price is null ? ");" : ",")}");
        if (price is not null)
            writer.Line(price + ");");
    }

    private static string? Price(CatalogPrice? price)
    {
        if (price is null)
            return null;
        var unit = price.Per switch { "image" => "Image", "second" => "Second", _ => "Job" };
        var quantity = price.Quantity is { } name ? ", " + Literals.String(name) : "";
        return $"new {ModelPrice}({Literals.Decimal(price.Amount)}, {Literals.String(price.Currency)}, {PriceUnit}.{unit}{quantity})";
    }

    private static void EmitRequestMap(SourceWriter writer, BoundRoute route, string request)
    {
        if (route.Steps.Count == 0)
        {
            writer.Line($"static (request, warnings) => {NeutralMap}.Convert<Request, {request}>(request),");
            return;
        }
        using var lambda = writer.Block("static mapping =>", end: ",");
        foreach (var step in route.Steps)
            writer.Line($"mapping.{Call(step)};");
    }

    private static string Call(BoundStep step)
    {
        var from = Literals.String(step.From);
        var to = step.To.Count > 0 ? Literals.String(step.To[0]) : "";
        var texts = string.Concat(step.Texts.Select(text => ", " + Literals.String(text)));
        return step.Kind switch
        {
            StepKind.Move => $"Move({from}, {to})",
            StepKind.Values => $"Values({from}, {to}{texts})",
            StepKind.Text => $"Text({from}, {to}{texts})",
            StepKind.Number => $"Number({from}, {to})",
            StepKind.Spread => $"Spread({from}, {string.Join(", ", step.To.Select(Literals.String))})",
            StepKind.With => $"With({from}, {to}{texts})",
            StepKind.Default => $"Default({from}, {to}{texts})",
            StepKind.Constant => $"Constant({to}{texts})",
            StepKind.Refuse => $"Refuse({from})",
            _ => $"Omit({from})",
        };
    }

    private static string MapResult(BoundRoute route, string result)
    {
        if (route.Result.Count == 0)
            return $"static result => {NeutralMap}.Convert<{result}, Result>(result)";
        if (route.Result.Count == 1 && route.Result[0] is { Pointer: "" } bare)
        {
            var flags = $"single: {Bool(bare.IsSingle)}, file: {Bool(bare.IsFile)}";
            return $"static result => {NeutralMap}.Wrap<Result>({RawJson}.From(result), {Literals.String(bare.Name)}, {flags})";
        }
        return $"static result => new {ResultMapping}({RawJson}.From(result)){string.Concat(route.Result.Select(Take))}.To<Result>()";
    }

    private static string Take(BoundResultMember member)
    {
        var (name, pointer) = (Literals.String(member.Name), Literals.String(member.Pointer));
        return $".Take({name}, {pointer}, single: {Bool(member.IsSingle)}, file: {Bool(member.IsFile)})";
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
