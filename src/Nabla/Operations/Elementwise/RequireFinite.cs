using System.Collections.Immutable;
using System.Globalization;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x; throws where an element is NaN or infinite.</summary>
    /// <param name="What">What the message calls x.</param>
    /// <remarks>In a traced step it stands between the loss and the update: a step whose loss is not a number changes nothing.</remarks>
    public sealed record RequireFinite(string What) : FloatingOperation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            RequireFloating(inputs[0]);
            return inputs[0];
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [upstream];

        /// <inheritdoc/>
        protected override void Forward<T>(Buffers buffers)
        {
            ReadOnlySpan<T> x = buffers.Input<T>(0);
            for (int i = 0; i < x.Length; i++)
            {
                if (T.IsFinite(x[i])) continue;
                string place = x.Length == 1 ? "" : $" at element {i} of {buffers.InputSpec(0)}";
                throw new NotFiniteNumberException(
                    $"{What} is {x[i].ToString(null, CultureInfo.InvariantCulture)}{place}", double.CreateTruncating(x[i]));
            }
            x.CopyTo(buffers.Output<T>());
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.RequireFinite"/>.</summary>
    public static class RequireFiniteExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The same values, unless one of them is NaN or infinite.</summary>
            /// <param name="what">What the message calls this tensor.</param>
            /// <exception cref="NotFiniteNumberException">An element is NaN or infinite; the message says which.</exception>
            public Tensor RequireFinite(string what) => new RequireFinite(what).Apply(x);
        }
    }
}
