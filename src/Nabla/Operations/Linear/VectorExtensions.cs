namespace Nabla;

/// <summary>Products of vectors: functions of <see cref="Operations.MatMul"/> and multiplication.</summary>
public static class VectorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Σ xᵢ yᵢ of two vectors of one length; a scalar.</summary>
        /// <exception cref="ShapeException">One of the two is not a vector, or their lengths differ.</exception>
        public Tensor Dot(Tensor y)
        {
            if (x.Rank != 1 || y.Rank != 1 || x.Count != y.Count)
                throw new ShapeException($"Dot needs two vectors of one length, got {x.Shape} and {y.Shape}; MatMul takes matrices");
            return x.MatMul(y);
        }

        /// <summary>The matrix xᵢ yⱼ of two vectors.</summary>
        /// <exception cref="ShapeException">One of the two is not a vector.</exception>
        public Tensor Outer(Tensor y)
        {
            if (x.Rank != 1 || y.Rank != 1) throw new ShapeException($"Outer needs two vectors, got {x.Shape} and {y.Shape}; Flatten them first");
            return x.Unsqueeze(1) * y;
        }
    }
}
