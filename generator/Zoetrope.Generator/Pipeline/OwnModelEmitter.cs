using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// Writes what makes the project's own models win over those of the same name in referenced assemblies, wherever both namespaces are imported.
/// </summary>
internal static class OwnModelEmitter
{
    /// <summary>The file, or null where there is nothing to win over.</summary>
    /// <param name="models">The models, in order.</param>
    /// <param name="project">The namespace of the project's models.</param>
    /// <param name="options">How to emit.</param>
    public static GeneratedSource? Emit(EquatableArray<OwnModel> models, string project, EmitOptions options)
    {
        if (models.Count == 0)
            return null;
        var writer = new SourceWriter();
        SourceHeader.Write(writer);
        writer.Line("// Referenced assemblies have models of these names too. In this project the names mean its own.");
        foreach (var model in models.Where(model => model.HasAlias))
            writer.Line($"global using {model.Member.Name} = global::{model.Member.FullName};");
        // A class outside all namespaces is found before all that is imported.
        using (writer.Block($"""

            /// <summary>Puts the project's own models on clients that have others of the same names.</summary>
            {SourceHeader.Attribute}
            [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
            internal static class ZoetropeOwnModels_{project.Replace('.', '_')}
            """))
        {
            foreach (var member in models.Select(model => model.Member))
                ClientMemberEmitter.EmitMember(writer, member, $"Runs <see cref=\"global::{member.FullName}\"/>.", options with { IsOverridable = false });
        }
        return new(HintNames.Of(project + "._OwnModels"), writer.Finish());
    }
}
