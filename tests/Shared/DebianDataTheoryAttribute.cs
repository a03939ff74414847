namespace Nabla.Testing;

/// <summary>As <see cref="DebianDataFactAttribute"/>, for a theory.</summary>
internal sealed class DebianDataTheoryAttribute : TheoryAttribute
{
    public DebianDataTheoryAttribute() => Skip = new DebianDataFactAttribute().Skip;
}
